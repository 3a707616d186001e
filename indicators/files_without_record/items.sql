-- One row per strategy discussion or meeting: the files that lack the record of it.
select
    meeting_id as item_id,
    area_code,
    meeting_on as counted_on,
    case
        when lacks_on_ss + lacks_on_edu + lacks_on_hr = 0 then 'COMPLETE'
        else substr(
            case when lacks_on_ss = 1 then ';SS' else '' end
            || case when lacks_on_edu = 1 then ';EDU' else '' end
            || case when lacks_on_hr = 1 then ';HR' else '' end,
            2
        )
    end as lacking_on
from marts.strategy_records
