/** Types of the Hỏi luật widget; the options and their defaults are described in docs/embed.md. */

export type HoiLuatTheme = "auto" | "light" | "dark";

/** Options, as `data-…` attributes of the script (`data-z-index`) or in the JSON block (`zIndex`). */
export interface HoiLuatOptions {
  src?: string;
  mode?: "launcher" | "inline";
  target?: string;
  position?: "bottom-right" | "bottom-left" | "top-right" | "top-left";
  width?: string | number;
  height?: string | number;
  theme?: HoiLuatTheme;
  accent?: string;
  title?: string;
  language?: "vi" | "en";
  greeting?: string;
  questions?: string[];
  document?: string;
  open?: boolean;
  zIndex?: number;
  session?: "tab" | "none" | "local";
  /** Minutes a "local" session is kept. */
  expires?: number;
}

export interface HoiLuatAnswer {
  status: "answered" | "not_found" | "unavailable";
  /** "khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP"; null unless answered. */
  citation: string | null;
  url: string | null;
}

export interface HoiLuatCitation {
  document_id: string;
  /** Id of the provision, such as "dieu-6.khoan-2". */
  id: string;
  url: string;
}

export interface HoiLuatError {
  code: "not-loaded" | "refused" | "busy";
  message: string;
}

export interface HoiLuatEvents {
  /** The chat in the frame can be used; comes after the first opening. */
  ready: Record<string, never>;
  open: Record<string, never>;
  close: Record<string, never>;
  answer: HoiLuatAnswer;
  /** Cancelable: after `event.preventDefault()` the host shows the source itself. */
  "citation-click": HoiLuatCitation;
  error: HoiLuatError;
}

export interface HoiLuatApi {
  open(): void;
  close(): void;
  toggle(): void;
  ask(text: string): void;
  setTheme(theme: HoiLuatTheme): void;
  /** Returns a function that takes the listener away again. */
  on<Name extends keyof HoiLuatEvents>(
    name: Name,
    listener: (event: CustomEvent<HoiLuatEvents[Name]>) => void,
  ): () => void;
  destroy(): void;
  /** Calls one of the above; before the script has loaded `HoiLuat` is an array of such calls. */
  push(call: HoiLuatCall): void;
}

export type HoiLuatCall =
  | ["open" | "close" | "toggle" | "destroy"]
  | ["ask", string]
  | ["setTheme", HoiLuatTheme]
  | {
      [Name in keyof HoiLuatEvents]: [
        "on",
        Name,
        (event: CustomEvent<HoiLuatEvents[Name]>) => void,
      ];
    }[keyof HoiLuatEvents];

declare global {
  interface Window {
    HoiLuat?: HoiLuatApi | HoiLuatCall[];
  }
}
