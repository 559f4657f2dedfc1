"""**initshape**: the claims on Azulay et al. (2021), in the order of the paper."""

from claims.initshape.appA_delta import CLAIM as APPA_DELTA
from claims.initshape.appA_dynamics import CLAIM as APPA_DYNAMICS
from claims.initshape.appA_k_general import CLAIM as APPA_K_GENERAL
from claims.initshape.appB1_g import CLAIM as APPB1_G
from claims.initshape.appB1_gH import CLAIM as APPB1_GH
from claims.initshape.appB1_not_hessian import CLAIM as APPB1_NOT_HESSIAN
from claims.initshape.appB1_not_hessian_repaired import CLAIM as APPB1_NOT_HESSIAN_REPAIRED
from claims.initshape.appB_norm import CLAIM as APPB_NORM
from claims.initshape.appB_ode import CLAIM as APPB_ODE
from claims.initshape.appB_qhat import CLAIM as APPB_QHAT
from claims.initshape.appB_qhat_repaired import CLAIM as APPB_QHAT_REPAIRED
from claims.initshape.appB_radial import CLAIM as APPB_RADIAL
from claims.initshape.appC_inverse import CLAIM as APPC_INVERSE
from claims.initshape.appC_inverse_repaired import CLAIM as APPC_INVERSE_REPAIRED
from claims.initshape.appE_k_inf import CLAIM as APPE_K_INF
from claims.initshape.appE_k_inf_repaired import CLAIM as APPE_K_INF_REPAIRED
from claims.initshape.appE_ntk import CLAIM as APPE_NTK
from claims.initshape.appF1 import CLAIM as APPF1
from claims.initshape.appF2_Binv import CLAIM as APPF2_BINV
from claims.initshape.appF2_hess import CLAIM as APPF2_HESS
from claims.initshape.appF2_hess_repaired import CLAIM as APPF2_HESS_REPAIRED
from claims.initshape.appF2_third import CLAIM as APPF2_THIRD
from claims.initshape.du_2_1 import CLAIM as DU_2_1
from claims.initshape.eq_6 import CLAIM as EQ_6
from claims.initshape.eq_9 import CLAIM as EQ_9
from claims.initshape.eq_17 import CLAIM as EQ_17
from claims.initshape.eq_18 import CLAIM as EQ_18
from claims.initshape.eq_19 import CLAIM as EQ_19
from claims.initshape.eq_20 import CLAIM as EQ_20
from claims.initshape.eq_21 import CLAIM as EQ_21
from claims.initshape.eq_22 import CLAIM as EQ_22
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
from claims.initshape.rem_balanced import CLAIM as REM_BALANCED
from claims.initshape.sec71_joint import CLAIM as SEC71_JOINT
from claims.initshape.sec71_k_shape import CLAIM as SEC71_K_SHAPE
from claims.initshape.sec71_khat import CLAIM as SEC71_KHAT

CLAIMS = (
    FN_3,
    FN_3_REPAIRED,
    EQ_6,
    EQ_9,
    DU_2_1,
    SEC71_K_SHAPE,
    SEC71_KHAT,
    SEC71_JOINT,
    REM_BALANCED,
    APPA_DYNAMICS,
    EQ_17,
    EQ_18,
    APPA_DELTA,
    EQ_19,
    EQ_20,
    APPA_K_GENERAL,
    EQ_21,
    EQ_22,
    APPB_NORM,
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
    APPE_K_INF,
    APPE_K_INF_REPAIRED,
    APPE_NTK,
    APPF1,
    APPF2_HESS,
    APPF2_HESS_REPAIRED,
    APPF2_THIRD,
    EQ_27,
    APPF2_BINV,
    LEM_1,
    LEM_2,
    LEM_3,
    LEM_3_REPAIRED,
    LEM_4,
)

__all__ = ["CLAIMS", "PAPER"]
