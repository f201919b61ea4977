"""What a run says about itself: logs, counts, progress, outcomes, the summary.

Plain records and small sinks that every room above may use. Nothing here talks to
ConnectWise, opens the warehouse or decides whether a run passed.
"""
