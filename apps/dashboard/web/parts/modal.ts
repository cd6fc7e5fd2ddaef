import { useEffect, useRef } from "react";

/** The ref of a dialog that is open for as long as it is there. The browser keeps the focus inside and gives it back. */
export function useModal() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return dialog;
}
