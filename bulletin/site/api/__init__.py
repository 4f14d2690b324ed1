"""The published bulletin for machines: JSON from frozen editions, described by OpenAPI."""
