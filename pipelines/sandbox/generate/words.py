"""Invented names and phrases.

All people, firms and places are made up from parts; domains end in ``.example``.
Nothing is decided here: callers draw with their own seeded stream.
"""

FIRST_NAMES = (
    "Alder", "Brisa", "Corin", "Davin", "Elva", "Fenna", "Garrin", "Hessa", "Ivo",
    "Jorin", "Kaela", "Lioba", "Marek", "Nilda", "Orin", "Petra", "Quill", "Runa",
    "Soren", "Tavia", "Ulla", "Varek", "Wenna", "Xanti", "Yorick", "Zelda", "Anouk",
    "Bram", "Cilla", "Dorian", "Esme", "Florin", "Greta", "Hale", "Imre", "Jutta",
)  # fmt: skip
LAST_HEADS = (
    "Amber", "Birch", "Cold", "Dun", "Elder", "Fern", "Gold", "Hollow", "Iron",
    "Juniper", "Kestrel", "Larch", "Mallow", "Nettle", "Oaken", "Pebble", "Quarry",
    "Rowan", "Sedge", "Thistle", "Under", "Vale", "Willow", "Yarrow",
)  # fmt: skip
LAST_TAILS = (
    "bank", "brook", "combe", "croft", "dale", "field", "ford", "gate", "haven",
    "ley", "marsh", "mere", "ridge", "shaw", "stead", "wick",
)  # fmt: skip
FIRM_HEADS = (
    "Amberline", "Bluefern", "Cinderhill", "Driftmoor", "Eastmere", "Fallowgate",
    "Greenquill", "Highbarrow", "Inkwater", "Jadecroft", "Kindlewood", "Lowmarsh",
    "Mistral Bay", "Northreed", "Oldharbour", "Pinemantle", "Quietford", "Redwillow",
    "Silverloam", "Tanglewick", "Umberfield", "Violetmere", "Westquarry", "Yellowtor",
    "Zephyrgate", "Ashenfold", "Brackenhall", "Coppermill", "Dovetail Lane",
    "Emberstead", "Foxglen", "Gullwing", "Hearthmoor", "Ivorystone", "Juniper Row",
)  # fmt: skip
FIRM_TAILS = (
    ("Dental", "Healthcare"), ("Freight", "Logistics"), ("Legal", "Professional"),
    ("Accounting", "Professional"), ("Foods", "Manufacturing"),
    ("Clinics", "Healthcare"), ("Builders", "Construction"), ("Schools", "Education"),
    ("Insurance", "Finance"), ("Tooling", "Manufacturing"), ("Hotels", "Hospitality"),
    ("Charity", "Non-profit"), ("Architects", "Professional"), ("Motors", "Retail"),
    ("Pharmacy", "Retail"), ("Engineering", "Manufacturing"),
)  # fmt: skip
STREETS = ("Mill Lane", "Harbour Street", "Station Road", "Orchard Way", "Quarry Hill")
CITIES = (
    ("Port Alder", "NY", "10990"), ("Lakehurst Falls", "OH", "43990"),
    ("Dry Mesa", "AZ", "85990"), ("Old Ferry", "NJ", "07990"),
    ("Sandhollow", "AZ", "86990"), ("Elmbridge", "PA", "18990"),
)  # fmt: skip
APPLICATIONS = ("Ledgerleaf", "Claimsworth", "Rosterly", "Draftline", "Fleetnote")
ALERT_SOURCES = ("Backup Sentinel", "Disk Watch", "Patch Agent", "Link Monitor")

SUMMARIES = {
    "Workstation": (
        "Laptop does not start after update", "Screen flickers on docking station",
        "Computer is very slow since this morning", "New starter needs a laptop",
        "Blue screen when opening reports", "Second monitor is not detected",
    ),
    "E-mail": (
        "Cannot send mail to one client", "Shared mailbox is missing",
        "Suspicious message asks for a payment", "Mailbox is nearly full",
        "Calendar invitations arrive twice", "Distribution list needs a member",
    ),
    "Network": (
        "No connection in the meeting room", "VPN drops every few minutes",
        "Wireless is slow on the second floor", "Cannot reach the file server",
        "Guest network password expired", "Phones lose registration",
    ),
    "Application": (
        "{app} freezes when posting", "{app} will not open after update",
        "Licence message in {app}", "{app} prints the wrong layout",
        "Report in {app} shows last year", "{app} is slow for everyone",
    ),
    "Account": (
        "Password reset", "Account locked after holidays", "Offboard a leaver",
        "New user with the usual groups", "Second factor on a new phone",
        "Access to a folder of another team",
    ),
    "Printing": (
        "Printer shows offline", "Scan to folder stopped working",
        "Labels print shifted by a line", "Toner warning will not go away",
    ),
    "Monitoring": (
        "{source}: job failed on server {n}", "{source}: free space below 10 %",
        "{source}: device {n} not seen for 24 h", "{source}: service restarted",
    ),
    "Visit": (
        "Replace switch in the comms cupboard", "Monthly site visit",
        "Move desks of the sales team", "Fit a new access point", "UPS battery swap",
    ),
    "Consulting": (
        "Quarterly security review", "Plan the move to a new file platform",
        "Review backup policy", "Write an incident response plan",
    ),
    "House": (
        "Update internal wiki", "Renew own certificates", "Stock count",
        "Review of on-call rota",
    ),
    "Quote": (
        "Quote for ten laptops", "Renewal of firewall licence",
        "Question about the last quote", "Price of an extra location",
    ),
}  # fmt: skip
NOTES_ASK = (
    "Hello, this started today and stops us from working. Please call back.",
    "Could someone look at this when convenient? It happens to two of us.",
    "It worked yesterday. Nothing has been changed as far as we know.",
    "Please see the details below; the user is in the office until five.",
)
NOTES_WORK = (
    "Reproduced the fault, collected the logs and compared with a working device.",
    "Called the user, connected remotely, cleared the cache and tested together.",
    "Waiting for the user to confirm before the next step.",
    "Vendor case opened; reference is in the internal notes.",
    "Checked event log, driver version and policy; no sign of hardware failure.",
)
NOTES_DONE = (
    "User confirms that it works again. Cause: outdated driver, now updated.",
    "Solved by a restart of the service after the patch; watched for an hour.",
    "Access granted as approved by the manager, tested with the user.",
    "No further occurrence since the change; closing with the client's consent.",
)
TIME_NOTES = (
    "Remote session with the user", "Investigation", "Applied the fix and tested",
    "Follow-up call", "Updated documentation", "Coordination with the vendor",
)  # fmt: skip
CHARGE_CODES = (
    (1, "Internal meeting"), (2, "Administration"), (3, "Training"),
    (4, "Documentation"), (5, "Internal systems"), (6, "Travel"), (7, "Vacation"),
    (8, "Sick leave"),
)  # fmt: skip
TASKS = (
    ("Agree on a time", "Ask the contact which day suits."),
    ("Prepare devices", "Image, label and test before leaving."),
    ("Do the work", "Follow the run book."),
    ("Test with the user", "Let the user try what failed before."),
    ("Update the documentation", "Write down what is different now."),
)
PRAISES = (
    "Quick and friendly, thank you.", "Solved on the first call.",
    "Always a pleasure.", "Explained well what had happened.",
)  # fmt: skip
COMPLAINTS = (
    "I had to call three times.", "It took far too long.",
    "The fault came back the next day.", "Nobody told me that it was closed.",
    "We used to know who would answer.",
)  # fmt: skip
PHASES = ("Discovery", "Design", "Build", "Migration", "Training and handover")
PROJECT_TASKS = (
    "Kick-off with the client", "Inventory of devices", "Design review",
    "Order hardware", "Prepare images", "Configure firewall", "Pilot group",
    "Migrate mailboxes", "Move file shares", "Cut-over weekend", "Train key users",
    "Write handover document", "Decommission old servers", "Acceptance test",
)  # fmt: skip
PROJECT_KINDS = (
    "Cloud migration", "Network refresh", "Office move", "Server replacement",
    "Security hardening", "Telephony rollout", "Device rollout", "Backup redesign",
)  # fmt: skip
