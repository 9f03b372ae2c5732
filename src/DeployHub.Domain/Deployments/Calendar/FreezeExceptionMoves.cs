using static DeployHub.Domain.Deployments.Calendar.FreezeExceptionStatus;
using static DeployHub.Domain.Deployments.Calendar.FreezeExceptionTrigger;

namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>The rows of domain §2.3.1.</summary>
public static class FreezeExceptionMoves
{
    public static readonly StateTable<FreezeExceptionStatus, FreezeExceptionTrigger> Table = new("freeze-exception")
    {
        { Requested, Grant, Granted },
        { Requested, Refuse, Refused },
        { Requested, FreezeExceptionTrigger.Void, FreezeExceptionStatus.Void },
        { Requested, Expire, Expired },
        { Granted, FreezeExceptionTrigger.Void, FreezeExceptionStatus.Void },
        { Granted, Expire, Expired },
        { Granted, Use, Used },
    };
}
