using DeployHub.Domain;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Look-ups that several commands share. Each refuses a row version other than the one that the sender had looked at.</summary>
internal static class CalendarLookups
{
    public static async Task<Result<Window>> FindWindowAsync(this DeployHubDb db, string number, uint? seen, CancellationToken cancellationToken)
    {
        if (await db.Windows.SingleOrDefaultAsync(window => window.Number == number, cancellationToken) is not { } window) return Error.NotFound("window", number);
        return db.ChangedSince(window, seen) is { } changed ? changed : window;
    }

    public static async Task<Result<Freeze>> FindFreezeAsync(this DeployHubDb db, string number, uint? seen, CancellationToken cancellationToken)
    {
        if (await db.Freezes.SingleOrDefaultAsync(freeze => freeze.Number == number, cancellationToken) is not { } freeze) return Error.NotFound("freeze", number);
        return db.ChangedSince(freeze, seen) is { } changed ? changed : freeze;
    }

    public static async Task<Result<FreezeException>> FindFreezeExceptionAsync(this DeployHubDb db, string number, uint? seen, CancellationToken cancellationToken)
    {
        if (await db.FreezeExceptions.SingleOrDefaultAsync(exception => exception.Number == number, cancellationToken) is not { } exception) return Error.NotFound("freeze-exception", number);
        return db.ChangedSince(exception, seen) is { } changed ? changed : exception;
    }
}
