-- How a cell of text becomes a value: null where it is blank or cannot be read. Staging only; the SQL past it uses none of these.
create macro read_date(cell) as case
    -- no calendar or period is kept outside these years: such a date was mistyped
    when cell between '1950-01-01' and '2035-12-31'
        then try_cast(nullif(regexp_extract(cell, '^\d{4}-\d{2}-\d{2}$'), '') as date)
end;
create macro read_time(cell) as nullif(regexp_extract(cell, '^([01]\d|2[0-3]):[0-5]\d$'), ''); -- text: not every engine has a time type
create macro read_count(cell) as try_cast(nullif(regexp_extract(cell, '^\d{1,9}$'), '') as integer);

-- Facts: a blank is readable (whether it may be blank is another rule).
create macro date_readable(cell) as cell is null or read_date(cell) is not null;
create macro time_readable(cell) as cell is null or read_time(cell) is not null;
create macro count_readable(cell) as cell is null or read_count(cell) is not null;
-- A code whose list depends on a cell that is blank or wrong is on none.
create macro codes_listed(cell, list_name) as cell is null or coalesce(
    list_has_all((select list(code) from reference.codes where list = list_name), string_split(cell, ';')),
    false
);
-- Unknown is not wrong, and the same day is in order. A date that breaks one such rule is not asked about by the next
-- ("not in_order(…) or"), so that one wrong date is found once.
create macro in_order(earlier, later) as coalesce(earlier <= later, true);
create macro not_suppressed(cells) as not regexp_matches(cells, '(^|\n)(<\s?\d+|\*+|\[[a-z]\])(\n|$)'); -- "<5", "*", "[c]"
-- Only England tells “false” from “unfounded”.
create macro outcome_of_edition(code) as coalesce(code <> 'FAL', true) or coalesce(
    (select bool_and(procedure_edition = 'ENG_KCSIE') from raw.extract),
    true
);
