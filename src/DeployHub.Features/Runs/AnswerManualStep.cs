using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Runs;

/// <summary>A file that shows that a manual step was done.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Content">At most 10 MiB.</param>
public sealed record EvidenceFile(string Name, byte[] Content)
{
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Of all files of one answer together.</summary>
    public const int MaxBytesTogether = 25 * 1024 * 1024;

    public const int Most = 10;
}

/// <summary>Says done, not done or problem of a step that waits for a person.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Stage">The stage it waits in.</param>
/// <param name="Subject">The target or component version.</param>
/// <param name="Step">Number of the step, from 1.</param>
/// <param name="Files">What shows it: at most ten, and 25 MiB together.</param>
/// <param name="Values">What was read off, by the names that the step asks for.</param>
/// <param name="Attempt">Which attempt of the step was seen; an answer to another one is refused. Null means whichever is asked for now.</param>
/// <param name="TakenOver">Why somebody does it whom the plan does not name for it; needed where it names others.</param>
/// <param name="OnDeviceAt">When it was answered by the clock of a device that had no network then. Kept as information; what counts is when it arrives.</param>
[Requires(Permission.PerformManualSteps)]
public sealed record AnswerManualStep(
    string Run, Stage Stage, string Subject, int Step, ManualAnswer Answer, string? Note = null, IReadOnlyList<EvidenceFile>? Files = null,
    IReadOnlyDictionary<string, string>? Values = null, int? Attempt = null, DateTimeOffset? OnDeviceAt = null, string? TakenOver = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<AnswerManualStep>
    {
        public Validator()
        {
            RuleFor(command => command.Answer).IsInEnum();
            RuleFor(command => command.Note).MaximumLength(4000);
            RuleFor(command => command.TakenOver).MaximumLength(2000).WithMessage("Use at most 2000 characters.");
            RuleFor(command => command.Files!).Must(files => files.Count <= EvidenceFile.Most).WithMessage($"An answer may have at most {EvidenceFile.Most} files.")
                .Must(files => files.All(file => file.Content.Length <= EvidenceFile.MaxBytes)).WithMessage("An evidence file may have at most 10 MiB.")
                .Must(files => files.Sum(file => (long)file.Content.Length) <= EvidenceFile.MaxBytesTogether).WithMessage("The files of one answer may have at most 25 MiB together.")
                .Must(files => files.All(file => file.Name.Trim().Length is > 0 and <= 255)).WithMessage("A file's name has 1 to 255 characters.").When(command => command.Files is not null);
            RuleFor(command => command.Values!).Must(values => values.Values.All(value => value.Length <= 4000)).WithMessage("A value may have at most 4000 characters.").When(command => command.Values is not null);
        }
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<AnswerManualStep, Result>
    {
        public async ValueTask<Result> Handle(AnswerManualStep command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.PerformManualSteps, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var at = clock.GetUtcNow();
            var place = await db.PlaceOfAsync(locked.Value, command, caller, at, cancellationToken);
            return place.Error is { } others ? others : await db.AnswerAsync(locked.Value, command, place.Value, caller.Actor, doorbell, at, cancellationToken);
        }
    }
}
