"""The words a language must supply."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """User-facing words of one language. Braces name the fields a text is filled with."""

    language: str  # BCP 47 code, also the value of <html lang>
    other_language: str  # code of the language the switch leads to
    other_language_name: str

    # The product
    product: str
    not_legal_advice: str
    skip_to_content: str

    # Navigation
    nav: str
    nav_chat: str
    nav_library: str
    nav_api: str

    # Chat
    chat_title: str
    chat_description: str
    conversation: str
    question_label: str
    question_placeholder: str
    send: str
    clear: str
    cleared: str
    examples_title: str
    greeting: str
    you_asked: str
    searching: str
    about: str  # {citation}: the provision a visitor is asking about
    about_remove: str
    keyboard_hint: str
    starting: str

    # Answer card
    according_to: str  # {citation}
    understood_as: str
    ask_as_typed: str
    open_source: str
    copy_citation: str
    copied: str
    copy_failed: str
    missing_in_source: str
    missing_explained: str
    read_from_picture: str
    validity: str
    effective_from: str  # {date}
    alternatives: str  # {count}
    suggestions: str
    answer_ready: str  # {citation}, announced to screen readers
    no_answer_ready: str
    source_panel: str
    close: str
    open_full_page: str
    feedback_question: str
    feedback_right: str
    feedback_wrong: str
    feedback_thanks: str
    feedback_failed: str

    # Not answered
    not_found_title: str
    not_found: str
    not_found_tips: tuple[str, ...]
    library_link: str
    document_not_loaded: str  # {citation}
    omitted_by_source: str  # {citation}
    not_in_place: str  # {citation}
    no_amount: str  # {citation}
    which_document: str
    aspect_not_told: str  # {document}, {aspect}, {held}
    aspect_scope: str
    aspect_addressees: str
    aspect_effect: str
    absent_provision: str  # {citation}, {holder}, {held}
    holds_nothing: str  # {citation}, {holder}
    unavailable_title: str
    unavailable: str
    loading: str
    offline: str
    retry: str

    # How a question was read, and what to ask next (chatbot.asking, chatbot.suggesting)
    foreign_question: str
    loaded_documents: str  # {documents}
    and_others: str  # {count}
    said_in_passing: str
    follow_up_reading: str  # {question}, {context}
    suggest_article: str  # {article}, {heading}
    suggest_provision: str  # {citation}

    # What a question may not be
    question_empty: str
    question_too_long: str  # {limit}, {length}
    question_not_text: str

    # Source page
    table_of_contents: str
    document_facts: str
    number: str
    kind: str
    issuer: str
    issued: str
    effective: str
    status: str
    amended_by: str
    articles: str
    articles_loaded: str  # {loaded}, {total}
    source_file: str
    earlier_text: str  # {date}
    earlier_texts: str
    earlier_explained: str
    earlier_not_asked: str
    replaced_on: str  # {date}
    open_current: str
    unknown: str
    find_in_document: str
    find_placeholder: str
    find_next: str
    find_previous: str
    find_count: str  # {current}, {total}
    find_none: str
    permalink_to: str  # {citation}
    provision_tools: str  # {citation}
    copy_link: str
    ask_about: str
    missing_article: str  # {first}
    missing_articles: str  # {first}, {last}
    table: str
    partial_copy: str
    about_copy: str
    quoted_text: str
    appendix: str
    definition_of: str
    provision_missing: str
    statuses: dict[str, str]
    levels: dict[str, str]

    # Library page
    library_title: str
    library_description: str
    library_search: str
    library_search_placeholder: str
    library_search_button: str
    library_count: str  # {count}
    issued_on: str  # {date}
    library_none: str
    library_empty: str

    # Error pages and API errors
    page_not_found_title: str
    page_not_found: str
    document_not_found: str  # {document}
    provision_not_found: str  # {provision}, {document}
    internal_error_title: str
    internal_error: str
    body_too_large: str  # {limit}
    body_not_json: str
    body_wrong_type: str
    body_wrong_shape: str  # {details}
    feedback_off: str
    feedback_full: str
    history_too_long: str  # {limit}
    method_not_allowed: str
    go_home: str

    # API page
    api_title: str
    api_intro: str
    api_request: str
    api_responses: str
    api_parameters: str
    api_operations: dict[str, str]  # by method and path
    api_answers: dict[str, str]  # by status code
    api_schema_link: str

    # Widget: the chat on other sites
    widget_open: str
    widget_failed: str
    widget_open_apart: str
    widget_busy: str
    widget_refused_title: str
    widget_refused: str  # {host}

    # Demo page of the widget
    demo_title: str
    demo_intro: str
    demo_options: str
    demo_labels: dict[str, str]  # by name of the option
    demo_choices: dict[str, str]  # by value of an option
    demo_snippet: str
    demo_copy: str
    demo_pinned: str
    demo_pinned_explained: str
    demo_origins: str
    demo_origins_none: str
    demo_inline_here: str
    demo_types: str

    # Operator page
    operator_steps: dict[str, str]  # by step of the desk; {name}
    operator_title: str
    operator_locked: str
    operator_foreign: str
    operator_busy: str
    operator_no_file: str
    operator_upload: str
    operator_file: str  # {megabytes}
    operator_number: str
    operator_document_title: str
    operator_status: str
    operator_status_unknown: str
    operator_read: str
    operator_report: str
    operator_changes: str
    operator_broken: str
    operator_load: str
    operator_load_anyway: str
    operator_replace: str
    operator_discard: str
    operator_close: str
    operator_open: str
    operator_embedded: str  # {count}
    operator_progress: str
    operator_done: str  # {done}, {total}
    operator_wait: str
    operator_remove: str
    operator_remove_really: str  # {number}
    operator_remove_earlier: str
    operator_correction: str
    operator_open_earlier: str
    operator_teach: str
    operator_teach_lead: str
    operator_question: str
    operator_of_document: str
    operator_provision: str
    operator_answering: str
    operator_teach_do: str
    operator_taught: str
    operator_taught_count: str  # {count}
    operator_unanswered: str
    operator_provision_gone: str  # {provision}
    operator_forget_really: str
    operator_refused: str
    operator_refused_times: str  # {times}, {day}
    operator_refused_nearest: str
    operator_refused_use: str
