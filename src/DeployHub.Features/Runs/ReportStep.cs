using DeployHub.Domain;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>
/// Reports on the work that a webhook asked for, with the token that came in its message instead of a sign-in. A final report is taken once;
/// one that says it goes on only adds to the log.
/// </summary>
/// <param name="Report">The name of the attempt, as it stands in the callback's address.</param>
/// <param name="Token">Came with the message; shows that the sender was asked.</param>
/// <param name="Message">At most 4000 characters.</param>
/// <param name="Evidence">At most 20 things that show it.</param>
[RequiresNoSignIn]
public sealed record ReportStep(string Report, string Token, ReportStatus Status, [property: TakesAnyText] string? Message = null, [property: TakesAnyText] IReadOnlyList<ReportStep.Shown>? Evidence = null) : ICommand<Result>
{
    /// <summary>Either a value or the address of something kept elsewhere.</summary>
    public sealed record Shown(string Name, string? Value = null, string? Url = null);

    internal sealed class Validator : AbstractValidator<ReportStep>
    {
        public Validator()
        {
            RuleFor(command => command.Status).IsInEnum();
            RuleFor(command => command.Message).MaximumLength(4000).WithMessage("Use at most 4000 characters.");
            RuleFor(command => command.Evidence).Must(evidence => evidence is not { Count: > 20 }).WithMessage("Show at most 20 things as evidence.");
            RuleForEach(command => command.Evidence).NotNull().WithMessage("Say what it shows.").ChildRules(shown =>
            {
                shown.RuleFor(one => one.Name).NotEmpty().WithMessage("Say what it shows.").MaximumLength(100).WithMessage("Use at most 100 characters.");
                shown.RuleFor(one => one.Value).Must((one, value) => value is null != one.Url is null).WithMessage("Give either a value or a url, and not both.");
                shown.RuleFor(one => one.Value).MaximumLength(2000).WithMessage("Use at most 2000 characters.");
                shown.RuleFor(one => one.Url).IsLinkOrNothing();
            });
        }
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, IEnumerable<IHidesSecrets> hide, TimeProvider clock) : ICommandHandler<ReportStep, Result>
    {
        public async ValueTask<Result> Handle(ReportStep command, CancellationToken cancellationToken)
        {
            if (command.Token.Length == 0 || ReportKey.Parse(command.Report) is not { } key) return RunErrors.NoSuchReport;

            var runId = await db.TargetRuns.Where(known => known.Id == key.TargetRun).Select(known => (RunId?)known.RunId).SingleOrDefaultAsync(cancellationToken);
            if (runId is null || await db.LockRunAsync(runId.Value, cancellationToken) is not { } run) return RunErrors.NoSuchReport;

            var (at, message) = (clock.GetUtcNow(), command.Message is { } said ? Masked(said, command.Token) : null);
            Evidence[] evidence = [.. (command.Evidence ?? []).Select(shown => new Evidence(Masked(shown.Name, command.Token), Masked(shown.Value ?? shown.Url!, command.Token)))];
            var reported = run.Report(key, Digest.OfText(command.Token), command.Status, message, evidence, at);
            if (reported.Error is { } refusal) return refusal;

            await LogAsync(run, key, $"{reported.Value} reports: {Words.Of(command.Status)}", message, at, cancellationToken);
            await db.SettleAsync([run], at, cancellationToken);
            if (command.Status is not ReportStatus.Running) db.AfterCommit.Add(() => doorbell.RingFor(run, at));
            return Result.Success;
        }

        private string Masked(string text, string token) => hide.Clean(text).Replace(token, "•••", StringComparison.Ordinal);

        private Task<int> LogAsync(Run run, ReportKey key, string line, string? message, DateTimeOffset at, CancellationToken cancellationToken)
        {
            string[] lines = [line, .. (message ?? "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)];
            return db.Database.ExecuteSqlAsync(
                $"""
                insert into log_lines (run_id, target_run_id, step, attempt, at, stream, text)
                select {run.Id.Value}, {key.TargetRun.Value}, {key.Step}, {key.Attempt}, {at}, case number when 1 then 2 else 0 end, text
                from unnest({lines}) with ordinality as written (text, number) order by number;
                select pg_notify('deployhub_live', {run.Id.Value.ToString()})
                """, cancellationToken);
        }
    }
}
