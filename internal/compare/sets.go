package compare

import (
	"fmt"
	"maps"
	"slices"

	"surveyd/internal/instrument"
)

// sets compares the response sets of the items that both versions have: each two sets once, for all of the items that had the
// one and have the other. A battery can hold sets of one name from several homes.
func (d *differ) sets() {
	type pair struct{ before, now *instrument.ResponseSet }
	var pairs []pair
	users := map[pair][]instrument.ItemID{}
	for _, now := range d.new.Items {
		before, ok := d.old.Item(now.ID)
		if !ok || before.Responses == nil || now.Responses == nil {
			continue
		}
		p := pair{before.Responses, now.Responses}
		if users[p] == nil {
			pairs = append(pairs, p)
		}
		users[p] = append(users[p], now.ID)
	}
	for _, p := range pairs {
		d.pairOfSets(p.before, p.now, users[p])
	}
	for _, id := range missingFrom(setIDs(d.new), setIDs(d.old)) {
		d.add(Minor, "response_sets/"+string(id), fmt.Sprintf("the response set %s is new", id), addsTo)
	}
	for _, id := range missingFrom(setIDs(d.old), setIDs(d.new)) {
		d.add(Patch, "response_sets", fmt.Sprintf("the response set %s is gone", id), "what that does to the items that had it is told with them")
	}
	d.unused(func(s *instrument.ResponseSet) bool {
		return slices.ContainsFunc(pairs, func(p pair) bool { return p.before == s || p.now == s })
	})
}

// pairOfSets compares the set that items had with the one that they have.
func (d *differ) pairOfSets(before, now *instrument.ResponseSet, users []instrument.ItemID) {
	first, _ := d.new.Item(users[0])
	path, what := "items/"+string(first.ID)+"/responses", fmt.Sprintf("the responses of %s", listed(users))
	if before.ID != now.ID {
		d.add(Patch, path, fmt.Sprintf("%s: %s, were %s", what, now.ID, before.ID), "a patch unless something more is listed").Scales = d.scalesOf(users...)
	} else {
		what = fmt.Sprintf("the response set %s", now.ID)
		if first.Home.ID == d.new.ID {
			path = "response_sets/" + string(now.ID)
		}
	}
	d.options(path, what, before, now, users)
}

// unused compares the sets of one name that no item of both versions has.
func (d *differ) unused(compared func(*instrument.ResponseSet) bool) {
	for _, now := range d.new.ResponseSets {
		for _, before := range d.old.ResponseSets {
			if before.ID == now.ID && !compared(before) && !compared(now) {
				d.options("response_sets/"+string(now.ID), fmt.Sprintf("the response set %s", now.ID), before, now, nil)
			}
		}
	}
}

func setIDs(in *instrument.Instrument) []instrument.ResponseSetID {
	var out []instrument.ResponseSetID
	for _, s := range in.ResponseSets {
		if !slices.Contains(out, s.ID) {
			out = append(out, s.ID)
		}
	}
	return out
}

// options compares two response sets of the same items.
func (d *differ) options(path, what string, before, now *instrument.ResponseSet, users []instrument.ItemID) {
	scales := d.scalesOf(users...)
	if before.Kind != now.Kind {
		d.add(Major, path+"/kind", fmt.Sprintf("the codes of %s are %s, were %s", what, now.Kind, before.Kind), "what its codes mean to a score is another").Scales = scales
	}
	moved := d.goneCodes(path, what, before, now, scales)
	for _, o := range now.Options {
		at := path + "/options/" + string(o.Code)
		i := before.Option(o.Code)
		if i < 0 {
			d.newCode(at, what, o, moved[o.Code], scales)
			continue
		}
		d.option(at, what, before.Options[i], o, scales, users)
	}
	if shared := sharedCodes(before, now); !slices.Equal(shared, sharedCodes(now, before)) {
		d.add(Minor, path+"/options", fmt.Sprintf("the options of %s stand in another order", what), seenAnew).Scales = scales
	}
	d.text(path+"/declined", fmt.Sprintf("the choice of %s not to say", what), before.Declined, now.Declined, scales, users...)
}

// goneCodes reports codes that are not there any more, and gives the new codes of options that were only renumbered.
func (d *differ) goneCodes(path, what string, before, now *instrument.ResponseSet, scales []instrument.ScaleID) (moved map[instrument.Code]bool) {
	moved = map[instrument.Code]bool{}
	for _, o := range before.Options {
		if now.Option(o.Code) >= 0 {
			continue
		}
		i := slices.IndexFunc(now.Options, func(n instrument.Option) bool {
			return before.Option(n.Code) < 0 && maps.Equal(n.Label, o.Label)
		})
		if i < 0 {
			d.add(Major, path+"/options", fmt.Sprintf("the code %s of %s is gone", o.Code, what), "answers with that code are stored, and "+storedBreaks).Scales = scales
			continue
		}
		code := now.Options[i].Code
		moved[code] = true
		d.add(Major, path+"/options/"+string(code), fmt.Sprintf("an option of %s has the code %s, had %s", what, code, o.Code), "stored answers would be taken for another option").Scales = scales
	}
	return moved
}

func (d *differ) newCode(at, what string, o instrument.Option, moved bool, scales []instrument.ScaleID) {
	message := fmt.Sprintf("the code %s of %s is new", o.Code, what)
	switch {
	case moved:
	case o.Missing:
		d.add(Minor, at, message+", and is never scored", "it adds; some who would have chosen another option may choose it").Scales = scales
	case len(scales) > 0:
		d.add(Major, at, message, "with another point to choose, the others and the range of the scales mean something else").Scales = scales
	default:
		d.add(Minor, at, message, addsTo)
	}
}

// option compares an option with itself.
func (d *differ) option(at, what string, before, now instrument.Option, scales []instrument.ScaleID, users []instrument.ItemID) {
	if before.Missing != now.Missing {
		message := fmt.Sprintf("the code %s of %s is never scored, was scored", now.Code, what)
		if before.Missing {
			message = fmt.Sprintf("the code %s of %s is scored, was not", now.Code, what)
		}
		d.add(Major, at+"/missing", message, scoreChanges).Scales = scales
	}
	d.text(at+"/label", fmt.Sprintf("the label of %s of %s", now.Code, what), before.Label, now.Label, scales, users...)
	d.text(at+"/description", fmt.Sprintf("the description of %s of %s", now.Code, what), before.Description, now.Description, scales, users...)
	digest := func(o instrument.Option) string {
		if o.Image == nil {
			return o.Picture
		}
		return o.Image.Digest
	}
	if digest(before) != digest(now) {
		level, reason := Patch, "a patch if it shows the same"
		if before.Picture == "" || now.Picture == "" {
			level, reason = Minor, seenAnew
		}
		d.add(level, at+"/picture", fmt.Sprintf("the picture of %s of %s: %s, was %s", now.Code, what, orNone(now.Picture), orNone(before.Picture)), reason).Scales = scales
	}
}

// sharedCodes lists the codes of a set that another one has too, in its order.
func sharedCodes(s, other *instrument.ResponseSet) []instrument.Code {
	var out []instrument.Code
	for _, o := range s.Options {
		if other.Option(o.Code) >= 0 {
			out = append(out, o.Code)
		}
	}
	return out
}
