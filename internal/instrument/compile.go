package instrument

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// compile puts a draft without errors together. Keyed parts whose order in the file means nothing are sorted, so that
// two files with one content hash give one instrument.
func compile(d *draft, src []byte, assets []*Asset) *Instrument {
	in := d.in
	in.Source = slices.Clone(src)
	digest := sha256.Sum256(src)
	in.Digest = hex.EncodeToString(digest[:])
	in.Hash = contentHash(d.root.node, assets, d.parts)
	in.own, in.Assets = assets, withPartAssets(assets, d.parts)
	home := Home{ID: in.ID, Version: in.Version, Hash: in.Hash}

	slices.SortFunc(in.Settings, func(a, b Setting) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(in.Provenance.Translation, func(a, b Translation) int { return cmp.Compare(a.Lang, b.Lang) })
	slices.Sort(in.Provenance.ProtectedTopics)

	in.ResponseSets = make([]*ResponseSet, 0, len(d.setList))
	for _, s := range d.setList {
		in.ResponseSets = append(in.ResponseSets, s.ResponseSet)
	}
	slices.SortFunc(in.ResponseSets, func(a, b *ResponseSet) int { return cmp.Compare(a.ID, b.ID) })
	for _, p := range d.parts {
		in.Parts = append(in.Parts, p.in)
		in.ResponseSets = append(in.ResponseSets, p.order...)
	}

	in.itemIndex = make(map[ItemID]int, len(d.itemList))
	for i, it := range d.itemList {
		if it.from == nil {
			it.Home = home
		}
		in.Items = append(in.Items, it.Item)
		in.itemIndex[it.ID] = i
	}
	for _, p := range d.pageList {
		if p.from == nil {
			p.Home = home
		}
		in.Pages = append(in.Pages, p.Page)
	}
	in.scaleIndex = make(map[ScaleID]int, len(d.scaleList))
	for i, s := range d.scaleList {
		if s.from == nil {
			s.Home = home
		}
		in.Scales = append(in.Scales, s.Scale)
		in.scaleIndex[s.ID] = i
	}
	return in
}

// withPartAssets gives a battery's own files and those that its included items show or play, by path.
func withPartAssets(own []*Asset, parts []*part) []*Asset {
	all := slices.Clone(own)
	for _, p := range parts {
		for _, a := range p.assets {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(a, b *Asset) int { return cmp.Compare(a.Path, b.Path) })
	return all
}
