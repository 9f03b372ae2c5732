using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>A target's own word on what it fetched. What it says it runs has to be what it was offered, or it has failed.</summary>
/// <param name="Run">The run whose offer it followed.</param>
/// <param name="Succeeded">False when it could not do it.</param>
/// <param name="Observed">What it runs now: digests by their component's key.</param>
/// <param name="Message">At most 2000 characters.</param>
[Requires(Permission.FetchVersions)]
public sealed record ReportPull(string Run, bool Succeeded, IReadOnlyDictionary<string, string>? Observed = null, [property: TakesAnyText] string? Message = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ReportPull>
    {
        public Validator()
        {
            RuleFor(command => command.Message).MaximumLength(2000).WithMessage("Use at most 2000 characters.");
            RuleFor(command => command.Observed).Must(observed => observed is not { Count: > 50 }).WithMessage("Name at most 50 components.");
            RuleFor(command => command.Observed).Must(observed => observed?.Values.All(digest => Digest.Parse(digest).Error is null) != false).WithMessage("Write each digest as sha256: and 64 hexadecimal digits.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, IEnumerable<IHidesSecrets> hide, TimeProvider clock) : ICommandHandler<ReportPull, Result>
    {
        public async ValueTask<Result> Handle(ReportPull command, CancellationToken cancellationToken)
        {
            if (caller.Target is not { } target) return PermissionMatrix.Refusal(Permission.FetchVersions);

            var id = await db.Runs.Where(known => known.Name == command.Run && known.TargetRuns.Any(targetRun => targetRun.TargetId == target)).Select(known => (RunId?)known.Id).SingleOrDefaultAsync(cancellationToken);
            if (id is null || await db.LockRunAsync(id.Value, cancellationToken) is not { } run) return Error.NotFound("run", command.Run);

            var at = clock.GetUtcNow();
            var message = command.Message is { } said ? hide.Clean(said) : null;
            var observed = run.Versions.Select(version => version.Component).Where(component => command.Observed?.ContainsKey(component) == true).ToDictionary(component => component, component => Digest.Of(command.Observed![component]));
            var reported = run.ReportPull(target, command.Succeeded, message, observed, at);
            if (reported.Error is not null) return reported;

            await db.SettleAsync([run], at, cancellationToken);
            db.AfterCommit.Add(() => doorbell.RingFor(run, at));
            return Result.Success;
        }
    }
}
