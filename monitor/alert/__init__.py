"""Turn changes into events and notices, and choose the destinations. No I/O; `render` words the
messages.
"""
