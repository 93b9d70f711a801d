"""The tree of elements is walked whole, numbered the same each time, and left as it was."""

from __future__ import annotations

import folium

from geo.renderers.webmap.tree import kept_as_found, number_names, owners_of, replace_names, walk_tree


def build_group() -> folium.FeatureGroup:
    group = folium.FeatureGroup(name="Group")
    group.add_child(folium.Marker((49, 31), popup="Text", icon=folium.DivIcon("x")))
    return group


def test_what_elements_hold_besides_children_is_walked_once() -> None:
    """A popup's content and the icon of a marker that draws points are found, each once."""
    points = folium.GeoJson(
        {"type": "FeatureCollection", "features": []}, marker=folium.Marker(icon=folium.Icon())
    )
    kinds = [type(element).__name__ for element in walk_tree(build_group().add_child(points))]
    assert {"FeatureGroup", "Marker", "Popup", "Html", "DivIcon", "GeoJson", "Icon"} <= set(kinds)
    found = list(walk_tree(build_group()))
    assert len(found) == len({id(element) for element in found})


def test_names_are_replaced_by_numbers_wherever_they_stand() -> None:
    """Ids become numbers in the order of the tree, also inside a script of the user's; other words stay."""
    group = build_group()
    numbers = number_names(walk_tree(group), 7)
    told = f"{group.get_name()}.on('click'); md5 = '{'0' * 32}'"
    assert replace_names(told, numbers) == f"feature_group_07.on('click'); md5 = '{'0' * 32}'"


def test_rendering_leaves_nothing_behind() -> None:
    """Children that are added for a while are gone afterwards."""
    group = build_group()
    before = list(walk_tree(group))
    with kept_as_found(group):
        group.add_child(folium.Marker((1, 2)))
    assert list(walk_tree(group)) == before


def test_each_name_belongs_to_the_element_at_the_top() -> None:
    """The popup of a marker in a group is the group's."""
    group = build_group()
    owners = owners_of([group])
    assert {id(owner) for owner in owners.values()} == {id(group)}
    assert any(name.startswith("popup_") for name in owners)
