import { useModal } from "./modal.ts";

interface Props {
  question: string;
  action: string;
  onConfirm(): void;
  onCancel(): void;
}

/** Asks before something that cannot be undone. */
export function Confirmation({ question, action, onConfirm, onCancel }: Props) {
  const dialog = useModal();
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
