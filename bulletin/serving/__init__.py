"""The first layer of the application: baked pages are answered before Django is asked."""
