using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Conditions;
using DeployHub.Features.Models.Improving;
using DeployHub.Features.Runs;
using DeployHub.Web.Pages.Deployments;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Runs;

/// <summary>One run, live: stages, phases, targets, steps, log, and what to decide when it halts.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender, Caller caller, TimeProvider clock) : PageModel
{
    private const int NewestLines = 400;
    private const int LargestList = 60;

    public sealed class ResolutionInput
    {
        /// <summary>Null until somebody chose: nothing is decided by default.</summary>
        public ResolutionChoice? Choice { get; set; }

        public CauseClass CauseClass { get; set; }

        public string? Diagnosis { get; set; }

        /// <summary>What was fixed and where that is recorded.</summary>
        public string? Remedy { get; set; }

        /// <summary>UTC. The day by which what was waived is put right, or the instant at which the slot ends from now on.</summary>
        public DateTime? Until { get; set; }

        public string? CompensatingMeasure { get; set; }

        /// <summary>Number of the deployment that fixes this one forward.</summary>
        public string? SupersededBy { get; set; }

        public List<string> Targets { get; set; } = [];

        public bool ShouldModelChange { get; set; }

        /// <summary>The run's name, typed to abandon it.</summary>
        public string? Confirm { get; set; }
    }

    public sealed class PromotionInput
    {
        public int Phase { get; set; }

        public string? Reason { get; set; }

        /// <summary>For how much longer the phase is observed, such as <c>10m</c>.</summary>
        public string? By { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public int N { get; set; }

    /// <summary>Only the log of this target or component version.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Subject { get; set; }

    /// <summary>Only the log of the steps with this name.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Step { get; set; }

    /// <summary>Only lines that contain this.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    /// <summary>Only the error output.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Errors { get; set; }

    /// <summary>A line of the log, shown among those around it.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Line { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    [BindProperty]
    public ResolutionInput Resolution { get; set; } = new();

    [BindProperty]
    public AnswerInput Answer { get; set; } = new();

    [BindProperty]
    public PromotionInput Promotion { get; set; } = new();

    [BindProperty]
    public string? Reason { get; set; }

    public ShowRun.View Run { get; private set; } = null!;

    /// <summary>Null while it is not halted.</summary>
    public ExplainHalt.View? Explained { get; private set; }

    /// <summary>How long it usually takes; null while too few runs went before, and once it is over.</summary>
    public ProjectRun.View? Projected { get; private set; }

    /// <summary>What it was a run of, once it is over.</summary>
    public ShowDeployment.View? Over { get; private set; }

    /// <summary>It did not do what it was for, and the reader may plan it once more.</summary>
    public bool MayPlanAgain => Run is { EndedAt: not null, Status: not RunStatus.Succeeded } && caller.May(Permission.PlanDeployments);

    /// <summary>What others asked for with their yes; a banner while something of it is owed.</summary>
    public ConditionPart Conditions { get; private set; } = null!;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The end of the log.</summary>
    public IReadOnlyList<ListLogLines.Row> Lines { get; private set; } = [];

    /// <summary>The log has lines before <see cref="Lines"/>.</summary>
    public bool HasEarlier { get; private set; }

    public LogSearch Search => new(Chosen(Subject), Chosen(Step), Chosen(Text), Errors, Line, After, Before);

    /// <summary>Null when nothing is looked for.</summary>
    public LogSearch.Found? Found { get; private set; }

    public string FoundSentence => (Found!.Lines.Count, Line) switch
    {
        (0, _) => "No line is like that.",
        (_, { } line) when Found.Lines.All(found => found.Id != line) => "That line is not there any more, or not in this run; these lines come next.",
        (_, { }) => "The line and what was written around it.",
        var (count, _) => $"{(Found.HasEarlier || Found.HasLater ? "" : count == 1 ? "Only " : "All ")}{Words.Count(count, "line")}{string.Concat(About())}.",
    };

    private IEnumerable<string> About()
    {
        if (Search.Errors) yield return " of error output";
        if (Search.Subject is { } subject) yield return $" of {subject}";
        if (Search.Step is { } step) yield return $" in “{step}”";
        if (Search.Text is { } text) yield return $" with “{text}”";
    }

    private static string? Chosen(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    /// <summary>A fleet's target runs are too many to list; those that need a look are few.</summary>
    public bool IsFleet => Run.Targets.Count > LargestList;

    /// <summary>Of a stage's target runs those to list, failures first.</summary>
    public static IReadOnlyList<ShowRun.TargetRunView> Unfolded(IReadOnlyList<ShowRun.TargetRunView> targetRuns) =>
    [
        .. targetRuns.Where(targetRun => targetRuns.Count <= LargestList || targetRun.Status is TargetRunStatus.Failed or TargetRunStatus.InProgress or TargetRunStatus.WaitingForPerson)
            .OrderByDescending(targetRun => targetRun.Status is TargetRunStatus.Failed).ThenByDescending(targetRun => targetRun.Status is TargetRunStatus.InProgress).Take(LargestList),
    ];

    public bool MaySeeLog => caller.May(Permission.ViewLogs);

    public bool MayStop => caller.May(Permission.StopRuns) && Run.Status is RunStatus.Queued or RunStatus.Running or RunStatus.Waiting;

    public bool MayPromote => caller.May(Permission.PromotePhases);

    public bool MayTakeOver => caller.May(Permission.OperateRuns) && Run.EndedAt is null && !Run.Operator.Is(caller.Actor);

    public bool MayPropose => caller.May(Permission.ProposeImprovements);

    public bool MayAnswer => caller.May(Permission.PerformManualSteps);

    public string Name => $"{Number}/R{N}";

    public string AnswerAction => $"{Address}?handler=Answer";

    public string Address => $"/deployments/{Number}/runs/{N}";

    public bool MayChoose(ResolutionChoice choice) => caller.May(ResolveHalt.PermissionFor(choice));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        if (MaySeeLog) await LoadLogAsync(cancellationToken);
        return Page();
    }

    /// <summary>The part of the page that changes while the run moves.</summary>
    public async Task<IActionResult> OnGetStateAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ? Partial("_State", this) : NotFound();

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowRun(Name, Briefly: true, Search.Subject), cancellationToken);
        if (shown.Error is not null) return false;

        Run = shown.Value;
        Conditions = new ConditionPart((await sender.Send(new ListConditions(Number), cancellationToken)).Value, new ConditionInput());
        if (Run.OpenHalt is not null) Explained = (await sender.Send(new ExplainHalt(Name), cancellationToken)).Match<ExplainHalt.View?>(view => view, _ => null); // resolved meanwhile
        if (Run.EndedAt is null) Projected = (await sender.Send(new ProjectRun(Name), cancellationToken)).Value;
        if (Run.EndedAt is not null)
            Over = (await sender.Send(new ShowDeployment(Number), cancellationToken)).Match<ShowDeployment.View?>(view => view, _ => null);
        return true;
    }

    private async Task LoadLogAsync(CancellationToken cancellationToken)
    {
        var newest = await sender.Send(new ListLogLines(Name, 0, long.MaxValue, NewestLines + 1), cancellationToken);
        (Lines, HasEarlier) = ([.. newest.TakeLast(NewestLines)], newest.Count > NewestLines);
        if (!Search.IsIdle) Found = await Search.RunAsync(sender, Name, cancellationToken);
    }

    public Task<IActionResult> OnPostStopAsync(CancellationToken cancellationToken) => SendAsync(new StopRun(Name, Reason ?? ""), "", "The run is stopped.", cancellationToken);

    public async Task<IActionResult> OnPostResolveAsync(CancellationToken cancellationToken)
    {
        if (Resolution.Choice is ResolutionChoice.Abandon && Resolution.Confirm?.Trim() != Name)
            return await RefusedAsync(Error.Invalid("run.confirm-abandon", "Confirm", $"Type {Name} to abandon it: nothing brings it back."), nameof(Resolution), cancellationToken);

        if (Resolution.Choice is not { } choice) return await RefusedAsync(Error.Invalid("run.choice-missing", "Choice", "Choose what to do about the halt."), nameof(Resolution), cancellationToken);

        var command = new ResolveHalt(Name, choice, Resolution.CauseClass, Resolution.Diagnosis ?? "", Resolution.Targets, Resolution.ShouldModelChange, Resolution.Remedy)
        {
            Until = UntilFor(choice),
            CompensatingMeasure = choice is ResolutionChoice.AcceptWithWaiver ? Resolution.CompensatingMeasure : null,
            SupersededBy = Resolution.SupersededBy,
        };
        return await SendAsync(command, nameof(Resolution), $"Your decision is recorded: {Words.Of(choice)}.", cancellationToken);
    }

    public Task<IActionResult> OnPostPromoteAsync(CancellationToken cancellationToken) =>
        SendAsync(new PromotePhase(Name, Promotion.Phase, Promotion.Reason), nameof(Promotion), "The phase is promoted.", cancellationToken);

    public Task<IActionResult> OnPostExtendAsync(CancellationToken cancellationToken) =>
        SendAsync(new ExtendSoak(Name, Promotion.Phase, Promotion.By ?? "", Promotion.Reason ?? ""), nameof(Promotion), $"The phase is observed for {Promotion.By} more.", cancellationToken);

    public Task<IActionResult> OnPostTakeOverAsync(CancellationToken cancellationToken) => SendAsync(new TakeOverRun(Name), "", "You operate this run now.", cancellationToken);

    public async Task<IActionResult> OnPostAnswerAsync(CancellationToken cancellationToken) =>
        await SendAsync(await Answer.ToCommandAsync(Name, cancellationToken), nameof(Answer), $"“{Words.Title(Answer.Answer)}” is recorded for {Answer.Subject}.", cancellationToken);

    /// <summary>One click, because whoever resolved the halt said already why the model should change.</summary>
    public async Task<IActionResult> OnPostProposeAsync([FromForm] int halt, CancellationToken cancellationToken)
    {
        var proposed = await sender.Send(new ProposeFromHalt(Name, halt), cancellationToken);
        if (proposed.Error is { } refusal) return await RefusedAsync(refusal, "", cancellationToken);

        this.Flash($"{proposed.Value} is proposed.");
        return LocalRedirect($"/improvements/{proposed.Value}");
    }

    /// <summary>A waiver is given by the day, a slot by the minute.</summary>
    private DateTimeOffset? UntilFor(ResolutionChoice choice) => Resolution.Until is not { } until ? null : choice switch
    {
        ResolutionChoice.AcceptWithWaiver => new DateTimeOffset(until.Date.AddDays(1).AddMinutes(-1), TimeSpan.Zero),
        ResolutionChoice.ExtendWindow => new DateTimeOffset(until, TimeSpan.Zero),
        _ => null,
    };

    private async Task<IActionResult> SendAsync(ICommand<Result> command, string prefix, string done, CancellationToken cancellationToken)
    {
        var result = await sender.Send(command, cancellationToken);
        if (result.Error is { } error) return await RefusedAsync(error, prefix, cancellationToken);

        this.Flash(done);
        return LocalRedirect(Address);
    }

    private async Task<IActionResult> RefusedAsync(Error error, string prefix, CancellationToken cancellationToken) =>
        await OnGetAsync(cancellationToken) is PageResult ? this.ShowAgain(error, prefix) : NotFound();
}
