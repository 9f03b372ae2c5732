using static DeployHub.Domain.Deployments.Calendar.FreezeStatus;
using static DeployHub.Domain.Deployments.Calendar.FreezeTrigger;

namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>The rows of domain §2.3.1. Beginning and ending are time's moves: see <see cref="Freeze.StatusAt"/>.</summary>
public static class FreezeMoves
{
    public static readonly StateTable<FreezeStatus, FreezeTrigger> Table = new("freeze")
    {
        { Declared, Begin, Active },
        { Active, FreezeTrigger.End, Ended },
        { Declared, Lift, Lifted },
        { Active, Lift, Lifted },
    };
}
