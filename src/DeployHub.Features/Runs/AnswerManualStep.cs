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

/// <summary>A file that shows that a manual step was done.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Content">At most 10 MiB.</param>
public sealed record EvidenceFile(string Name, byte[] Content)
{
    public const int MaxBytes = 10 * 1024 * 1024;
}

/// <summary>Says done, not done or problem of a step that waits for a person.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Stage">The stage it waits in.</param>
/// <param name="Subject">The target or component version.</param>
/// <param name="Step">Number of the step, from 1.</param>
[Requires(Permission.PerformManualSteps)]
public sealed record AnswerManualStep(string Run, Stage Stage, string Subject, int Step, ManualAnswer Answer, string? Note = null, EvidenceFile? File = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<AnswerManualStep>
    {
        public Validator()
        {
            RuleFor(command => command.Answer).IsInEnum();
            RuleFor(command => command.Note).MaximumLength(4000);
            RuleFor(command => command.File!.Content.Length).LessThanOrEqualTo(EvidenceFile.MaxBytes).OverridePropertyName("File")
                .WithMessage("An evidence file may have at most 10 MiB.").When(command => command.File is not null);
        }
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<AnswerManualStep, Result>
    {
        public async ValueTask<Result> Handle(AnswerManualStep command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.PerformManualSteps, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var (run, at) = (locked.Value, clock.GetUtcNow());
            var waiting = run.TargetRuns.FirstOrDefault(targetRun =>
                targetRun.Stage == command.Stage && targetRun.Subject == command.Subject && targetRun.Status is TargetRunStatus.WaitingForPerson);
            if (waiting is null) return RunErrors.NoSuchManualStep;

            var files = await KeepAsync(run, command.File, at, cancellationToken);
            var answered = run.Answer(waiting.Id, command.Step, command.Answer, command.Note, files, caller.Actor, at);
            if (answered.Error is not null) return answered;

            await db.SettleAsync([run], at, cancellationToken);
            db.AfterCommit.Add(() => doorbell.RingFor(run, at));
            return Result.Success;
        }

        /// <summary>The same file may show several things; it is kept once.</summary>
        private async Task<IReadOnlyList<Evidence>> KeepAsync(Run run, EvidenceFile? file, DateTimeOffset at, CancellationToken cancellationToken)
        {
            if (file is null) return [];

            var stored = StoredEvidence.Of(run.Id, file, caller.Actor, at);
            if (!await db.StoredEvidence.AnyAsync(known => known.RunId == stored.RunId && known.Digest == stored.Digest, cancellationToken)) db.StoredEvidence.Add(stored);
            return [new Evidence($"File {file.Name}", stored.Digest.ToString())];
        }
    }
}
