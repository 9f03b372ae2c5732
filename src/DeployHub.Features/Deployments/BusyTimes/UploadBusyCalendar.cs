using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>Replaces the periods of a calendar of others by those of a file (RFC 5545). Answers how many there are.</summary>
/// <param name="Text">The whole file; at most 2 MiB.</param>
[Requires(Permission.ViewDeployments)] // the widest; whose calendar it is, and whether it says which days are holidays, is checked below
public sealed record UploadBusyCalendar(string Key, string Text) : ICommand<Result<UploadBusyCalendar.Uploaded>>
{
    /// <summary>What was read of the text, before the transaction.</summary>
    internal ReadText? Read { get; init; }

    /// <param name="Zone">In which it was read.</param>
    internal sealed record ReadText(BusyReading Reading, string Zone);

    /// <param name="LeftOut">Later ones, beyond what one calendar may have.</param>
    public sealed record Uploaded(int Periods, int LeftOut);

    internal sealed class Validator : AbstractValidator<UploadBusyCalendar>
    {
        public Validator()
        {
            RuleFor(command => command.Text).NotEmpty().WithMessage("Choose a file that ends with .ics.")
                .MaximumLength(BusyCalendar.Largest).WithMessage($"A calendar has at most {BusyCalendar.Largest / 1024 / 1024} MiB.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<UploadBusyCalendar, Result<Uploaded>>
    {
        public async ValueTask<Result<Uploaded>> Handle(UploadBusyCalendar command, CancellationToken cancellationToken)
        {
            var found = await db.FindBusyCalendarAsync(command.Key, null, cancellationToken);
            if (found.Error is { } missing) return missing;
            if (caller.RefusalOf(found.Value.Settings) is { } notTheirs) return notTheirs;

            if (command.Read is not { } read || read.Zone != found.Value.Settings.Zone) return Conflicts.ChangedMeanwhile;

            var uploaded = found.Value.Upload(read.Reading.Periods, read.Reading.LeftOut, clock.GetUtcNow());
            return uploaded.Error is { } refusal ? refusal : new Uploaded(read.Reading.Periods.Count, read.Reading.LeftOut);
        }
    }
}
