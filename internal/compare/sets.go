package compare

import (
	"fmt"
	"maps"
	"slices"

	"surveyd/internal/instrument"
)

// sets compares the response sets that have one name in both versions, once for all of their items.
func (d *differ) sets() {
	for _, now := range d.new.ResponseSets {
		i := slices.IndexFunc(d.old.ResponseSets, func(s *instrument.ResponseSet) bool { return s.ID == now.ID })
		path := "response_sets/" + string(now.ID)
		if i < 0 {
			d.add(Minor, path, fmt.Sprintf("the response set %s is new", now.ID), addsTo)
			continue
		}
		d.options(path, fmt.Sprintf("the response set %s", now.ID), d.old.ResponseSets[i], now, d.usersOf(now.ID))
	}
	for _, before := range d.old.ResponseSets {
		if !slices.ContainsFunc(d.new.ResponseSets, func(s *instrument.ResponseSet) bool { return s.ID == before.ID }) {
			d.add(Patch, "response_sets", fmt.Sprintf("the response set %s is gone", before.ID), "what that does to the items that had it is told with them")
		}
	}
}

// usersOf lists the items that have a response set in both versions.
func (d *differ) usersOf(id instrument.ResponseSetID) []instrument.ItemID {
	var out []instrument.ItemID
	for _, it := range d.new.Items {
		before, ok := d.old.Item(it.ID)
		if ok && it.Responses != nil && it.Responses.ID == id && before.Responses != nil && before.Responses.ID == id {
			out = append(out, it.ID)
		}
	}
	return out
}

// responses compares the response sets of an item that has another one than before.
func (d *differ) responses(before, now *instrument.Item, scales []instrument.ScaleID) {
	if before.Responses == nil || now.Responses == nil || before.Responses.ID == now.Responses.ID {
		return
	}
	path := "items/" + string(now.ID) + "/responses"
	d.add(Patch, path, fmt.Sprintf("%s has the responses %s, had %s", now.ID, now.Responses.ID, before.Responses.ID), "a patch unless something more is listed").Scales = scales
	d.options(path, fmt.Sprintf("the responses of %s", now.ID), before.Responses, now.Responses, []instrument.ItemID{now.ID})
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
