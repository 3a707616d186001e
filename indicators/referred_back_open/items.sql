-- One row per examination after which a case was sent back: from the day it was sent back until the day it was settled.
select
    audit_id as item_id,
    area_code,
    referred_back_on as opened_on,
    referred_back_closed_on as closed_on,
    referred_back_by
from marts.file_audits
where referred_back = 'Y'
