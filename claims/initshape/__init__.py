"""**initshape**: the claims on Azulay et al. (2021), in the order of the paper."""

from claims.initshape.appB1_g import CLAIM as APPB1_G
from claims.initshape.appB1_gH import CLAIM as APPB1_GH
from claims.initshape.appB1_not_hessian import CLAIM as APPB1_NOT_HESSIAN
from claims.initshape.appB1_not_hessian_repaired import CLAIM as APPB1_NOT_HESSIAN_REPAIRED
from claims.initshape.appB_ode import CLAIM as APPB_ODE
from claims.initshape.appB_qhat import CLAIM as APPB_QHAT
from claims.initshape.appB_qhat_repaired import CLAIM as APPB_QHAT_REPAIRED
from claims.initshape.appB_radial import CLAIM as APPB_RADIAL
from claims.initshape.appC_inverse import CLAIM as APPC_INVERSE
from claims.initshape.appC_inverse_repaired import CLAIM as APPC_INVERSE_REPAIRED
from claims.initshape.du_2_1 import CLAIM as DU_2_1
from claims.initshape.eq_6 import CLAIM as EQ_6
from claims.initshape.eq_9 import CLAIM as EQ_9
from claims.initshape.eq_20 import CLAIM as EQ_20
from claims.initshape.eq_21 import CLAIM as EQ_21
from claims.initshape.eq_25 import CLAIM as EQ_25
from claims.initshape.eq_27 import CLAIM as EQ_27
from claims.initshape.fn_3 import CLAIM as FN_3
from claims.initshape.fn_3_repaired import CLAIM as FN_3_REPAIRED
from claims.initshape.lem_1 import CLAIM as LEM_1
from claims.initshape.lem_2 import CLAIM as LEM_2
from claims.initshape.lem_3 import CLAIM as LEM_3
from claims.initshape.lem_3_repaired import CLAIM as LEM_3_REPAIRED
from claims.initshape.lem_4 import CLAIM as LEM_4
from claims.initshape.notation import PAPER

CLAIMS = (
    FN_3,
    FN_3_REPAIRED,
    EQ_6,
    EQ_9,
    DU_2_1,
    EQ_20,
    EQ_21,
    APPB_RADIAL,
    APPB_ODE,
    APPB_QHAT,
    APPB_QHAT_REPAIRED,
    APPB1_NOT_HESSIAN,
    APPB1_NOT_HESSIAN_REPAIRED,
    APPB1_G,
    APPB1_GH,
    APPC_INVERSE,
    APPC_INVERSE_REPAIRED,
    EQ_25,
    EQ_27,
    LEM_1,
    LEM_2,
    LEM_3,
    LEM_3_REPAIRED,
    LEM_4,
)

__all__ = ["CLAIMS", "PAPER"]
