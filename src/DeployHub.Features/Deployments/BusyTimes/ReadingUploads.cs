using DeployHub.Domain;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>
/// Reads an uploaded calendar before the transaction begins: that may take a second, and nothing is to be locked meanwhile. Registered between validation
/// and commit, and it only ever sees this one command.
/// </summary>
internal sealed class ReadingUploads<TCommand, TResult>(DeployHubDb db, Caller caller, TimeProvider clock) : IPipelineBehavior<TCommand, TResult>
    where TCommand : IBaseCommand
    where TResult : IFailable<TResult>
{
    public async ValueTask<TResult> Handle(TCommand command, MessageHandlerDelegate<TCommand, TResult> next, CancellationToken cancellationToken)
    {
        if (command is not UploadBusyCalendar upload) return await next(command, cancellationToken);

        var read = await ReadAsync(upload, cancellationToken);
        return read.Error is { } refusal ? TResult.Failed(refusal) : await next((TCommand)(IBaseCommand)(upload with { Read = read.Value }), cancellationToken);
    }

    /// <summary>Who may not upload it learns nothing of the text, and costs nothing.</summary>
    private async Task<Result<UploadBusyCalendar.ReadText>> ReadAsync(UploadBusyCalendar upload, CancellationToken cancellationToken)
    {
        var settings = await db.BusyCalendars.AsNoTracking().Where(calendar => calendar.Key == upload.Key).Select(calendar => calendar.Settings).SingleOrDefaultAsync(cancellationToken);
        if (settings is null) return Error.NotFound("busy-calendar", upload.Key);
        if (!settings.IsUploaded()) return BusyErrors.Fetched;
        if (caller.RefusalOf(settings) is { } notTheirs) return notTheirs;

        var reading = BusyReading.Read(upload.Text, settings.Zone, clock.GetUtcNow());
        return reading.Error is { } malformed ? malformed : new UploadBusyCalendar.ReadText(reading.Value, settings.Zone);
    }
}
