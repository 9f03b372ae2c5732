using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.Web.Pages.Calendar.Exceptions;

internal static class ExceptionStates
{
    public static MarkState Mark(this FreezeExceptionStatus status) => status switch
    {
        FreezeExceptionStatus.Requested => MarkState.Waiting,
        FreezeExceptionStatus.Granted or FreezeExceptionStatus.Used => MarkState.Passed,
        FreezeExceptionStatus.Refused => MarkState.Halted,
        _ => MarkState.Cancelled,
    };
}
