import { useEffect, useRef } from "react";

interface Props {
  question: string;
  action: string;
  onConfirm(): void;
  onCancel(): void;
}

/** Asks before something that cannot be undone. The browser keeps the focus inside and gives it back. */
export function Confirmation({ question, action, onConfirm, onCancel }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby="question" onCancel={onCancel}>
      <p id="question" className="strong">
        {question}
      </p>
      <p className="buttons">
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="button" className="primary" onClick={onConfirm}>
          {action}
        </button>
      </p>
    </dialog>
  );
}
