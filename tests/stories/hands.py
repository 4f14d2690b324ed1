"""What a person does on a page, counted: the measure of a flow is its presses."""

from __future__ import annotations


class Hands:
    """Each press and each field counts once."""

    def __init__(self, page) -> None:
        self.page, self.count = page, 0

    def press(self, name: str, *, stays: bool = False) -> None:
        """`stays`: the page changes where it is, by its script."""
        self.count += 1
        button = self.page.get_by_role("button", name=name).first
        if stays:
            button.click()
            return
        with self.page.expect_navigation():
            button.click()

    def follow(self, name: str) -> None:
        self.count += 1
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()

    def unfold(self, name: str) -> None:
        self.count += 1
        self.page.locator("summary", has_text=name).first.click()

    def fill(self, label: str, text: str) -> None:
        self.count += 1
        self.page.get_by_label(label).first.fill(text)
