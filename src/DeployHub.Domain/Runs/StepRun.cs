using System.Text.Json.Serialization;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Manifests;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>Domain §2.4.3, step.</summary>
public enum StepStatus
{
    Pending,
    Running,
    WaitingForPerson,
    Succeeded,
    Failed,
    TimedOut,

    /// <summary>Its worker was lost: nobody knows whether it happened.</summary>
    Unknown,

    /// <summary>Its condition was false, or it is only for the case that something fails, and nothing did.</summary>
    NotApplicable,

    /// <summary>It failed, and the model lets the steps after it follow.</summary>
    Tolerated,

    /// <summary>A resolution let the run go on without it, or says a person did it by hand.</summary>
    SkippedByResolution,
}

/// <summary>One try at a step. Every try is kept.</summary>
/// <param name="Worker">Empty when it could not begin: its condition could not be judged, or what it uses was never said.</param>
public sealed record Attempt(int Number, DateTimeOffset BeganAt, string Worker)
{
    public DateTimeOffset? EndedAt { get; init; }

    public StepOutcome? Outcome { get; init; }

    /// <summary>Who answered, for a step that a person does.</summary>
    public Actor? AnsweredBy { get; init; }

    /// <summary>When it was answered by the clock of the device, which may have had no network until <see cref="EndedAt"/>: information, never order.</summary>
    public DateTimeOffset? OnDeviceAt { get; init; }

    /// <summary>What <see cref="AnsweredBy"/> says is done, while it waits for a second person.</summary>
    public Report? Report { get; init; }

    /// <summary>Who confirmed it, where a second person does.</summary>
    public Actor? ConfirmedBy { get; init; }

    /// <summary>The worker was lost before it could tell.</summary>
    public bool WasLost { get; init; }

    /// <summary>Only looks whether the attempt before happened.</summary>
    public bool IsProbe { get; init; }

    /// <summary>A worker had it, so it may have changed something.</summary>
    [JsonIgnore]
    public bool HasBegun => Worker.Length > 0;

    public IReadOnlyList<Evidence> WhatShowsIt() => Outcome?.WhatShowsIt() ?? [];
}

/// <summary>A step that somebody says is done and that a second person has yet to confirm.</summary>
public sealed record Report(Actor By, DateTimeOffset At, DateTimeOffset? OnDeviceAt, IReadOnlyList<Evidence> Evidence);

/// <summary>One step on one subject, as the model said it when the run started. What its properties hold is replaced, never changed inside: by that the store sees a change.</summary>
public sealed class StepRun
{
    private const int MaxLosses = 3;

    /// <summary>From 1 within its target run.</summary>
    public required int Number { get; init; }

    public required string Name { get; init; }

    /// <summary>Number of the first of the steps that run together with it; null for a step that runs alone.</summary>
    public int? Group { get; init; }

    /// <summary>What the steps after it call it by; null when none does.</summary>
    public string? Key { get; init; }

    /// <summary>The condition under which it runs, as the model says it; null for always.</summary>
    public string? When { get; init; }

    /// <summary>What the names in <see cref="When"/> stood for when the run started; outputs are not among them.</summary>
    public IReadOnlyDictionary<string, string>? WhenValues { get; init; }

    /// <summary>As the run's start left them: every <c>${…}</c> filled but secrets and outputs.</summary>
    [JsonPropertyName("settings")]
    public required StepSettings Expanded { get; init; }

    /// <summary>With outputs filled, too, once the step was reached; null when it uses none.</summary>
    public StepSettings? Filled { get; set; }

    /// <summary>With every <c>${…}</c> filled that is known by now; secrets never are.</summary>
    [JsonIgnore]
    public StepSettings Settings => Filled ?? Expanded;

    /// <summary>The version it moves or checks.</summary>
    public ComponentVersionId? VersionId { get; init; }

    /// <summary>The trust policy that demands it; null when the model or the environment asks for it.</summary>
    public TrustPolicyMark? Policy { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(15);

    public int Retries { get; init; }

    public AfterLoss WhenLost { get; init; }

    [JsonPropertyName("probe")]
    public StepSettings? ExpandedProbe { get; init; }

    public StepSettings? FilledProbe { get; set; }

    [JsonIgnore]
    public StepSettings? Probe => FilledProbe ?? ExpandedProbe;

    /// <summary>It uses what earlier steps say, so it is filled when it is reached.</summary>
    public bool UsesOutputs { get; init; }

    /// <summary>It was reached: its condition holds and its outputs are filled. The next attempt uses that up.</summary>
    public bool IsPrepared { get; set; }

    /// <summary>Why it does not apply, in a sentence; null when it does, or nothing failed that it is for.</summary>
    public string? WhyNot { get; set; }

    public StepRuns Runs { get; init; }

    public IfItFails IfItFails { get; init; }

    public StepStatus Status { get; set; }

    public IReadOnlyList<Attempt> Attempts { get; set; } = [];

    /// <summary>When a worker has to look again at what goes on by itself, or may try it again; null for at once, and while a worker has it.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Where long work can be found again.</summary>
    public string? Ticket { get; set; }

    /// <summary>Who outside does it now and reports its end; null when nobody has to.</summary>
    public string? ReportedBy { get; set; }

    /// <summary>What was reported of the last attempt from outside; null while nothing final was.</summary>
    public ReportStatus? Reported { get; set; }

    /// <summary>Who has to confirm, and who has; null for a step that asks for no confirmations.</summary>
    public IReadOnlyList<Reader>? Readers { get; set; }

    /// <summary>What the version changes, for readers who know the one before; null when it declares nothing.</summary>
    public ChangeNote? Difference { get; init; }

    /// <summary>How often those who have not confirmed were reminded since they were asked.</summary>
    public int Reminded { get; set; }

    /// <summary>How often a person asked for it to run again; at most five (domain §2.4.4).</summary>
    public int HumanRetries { get; set; }

    [JsonIgnore]
    public bool IsOver => Status is StepStatus.Succeeded or StepStatus.NotApplicable or StepStatus.Tolerated or StepStatus.SkippedByResolution;

    /// <summary>It ended without success, and that is why its subject failed.</summary>
    [JsonIgnore]
    public bool HasFailed => Status is StepStatus.Failed or StepStatus.TimedOut;

    /// <summary>It found other bytes than were approved, which nothing makes good (domain §2.4.4).</summary>
    [JsonIgnore]
    public bool FoundForgery => LastAttempt?.Outcome is StepOutcome.Failed { Cause: { } cause } && cause.IsForgery();

    /// <summary>Somebody who was asked to accept it did not, or nobody did in time: that halts whatever may fail otherwise (domain B5).</summary>
    [JsonIgnore]
    public bool WasRejected => LastAttempt?.Outcome is StepOutcome.Failed { Cause: HaltCause.BusinessVerificationRejected };

    /// <summary>It saw an incident, during which only its fix goes on (domain B3), or could not learn whether there is one.</summary>
    [JsonIgnore]
    public bool FoundIncident => LastAttempt?.Outcome is StepOutcome.Failed { Cause: { } cause } && (cause is HaltCause.ActiveIncident || (cause is HaltCause.MonitoringDown && Settings is CheckIncidents));

    /// <summary>Its worker was lost, and only a person can say whether it happened (CR-3).</summary>
    [JsonIgnore]
    public bool AsksPerson => Status is StepStatus.Unknown && (WhenLost is AfterLoss.AskPerson || Attempts.Count(attempt => attempt.WasLost) >= MaxLosses);

    /// <summary>It has begun and has to come to its end, by itself or, when its worker was lost, again.</summary>
    [JsonIgnore]
    public bool IsUnderWay => Status switch
    {
        StepStatus.Running => true,
        StepStatus.Unknown => !AsksPerson,
        StepStatus.Pending => WhenLost is AfterLoss.RunAgain && LastAttempt is { WasLost: true },
        _ => false,
    };

    /// <summary>Number of the attempt that the next answer of a person belongs to.</summary>
    [JsonIgnore]
    public int NextAnswer => Status is StepStatus.Pending ? Attempts.Count + 1 : Attempts.Count;

    /// <summary>What a second person has to confirm; null when there is nothing.</summary>
    [JsonIgnore]
    public Report? ToBeConfirmed => Status is StepStatus.WaitingForPerson ? LastAttempt?.Report : null;

    /// <summary>What it said last for the steps after it.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Outputs => Attempts.LastOrDefault(attempt => !attempt.IsProbe)?.Outcome?.Outputs ?? NoOutputs;

    /// <summary>Before it begins, its condition has to be judged or outputs have to be filled.</summary>
    [JsonIgnore]
    public bool AwaitsPreparation => Status is StepStatus.Pending && !IsPrepared && (When is not null || UsesOutputs);

    private static readonly Dictionary<string, string> NoOutputs = [];

    [JsonIgnore]
    public Attempt? LastAttempt => Attempts.Count == 0 ? null : Attempts[^1];

    /// <param name="group">Number of the first step of its group; null when it runs alone.</param>
    /// <param name="policy">The trust policy that demands it; null when the model or the environment asks for it.</param>
    public static StepRun From(int number, int? group, StepDefinition definition, StepSettings filled, StepSettings? probe, IReadOnlyDictionary<string, string> values, ComponentVersionId? version, ChangeNote? difference = null, TrustPolicyMark? policy = null) => new()
    {
        Number = number,
        Group = group,
        Name = definition.Name,
        Key = definition.Key,
        When = definition.When,
        WhenValues = definition.When is { } condition ? Template.NamesIn(condition).Distinct().Where(values.ContainsKey).ToDictionary(name => name, name => values[name]) : null,
        Expanded = filled,
        UsesOutputs = new[] { filled, probe }.OfType<StepSettings>().SelectMany(Template.NamesIn).Any(StepOutputs.IsOutput),
        VersionId = version,
        Policy = policy,
        Timeout = Duration.Of(definition.Timeout),
        Retries = definition.Retries,
        WhenLost = definition.WhenLost,
        ExpandedProbe = probe,
        Runs = definition.Runs,
        IfItFails = definition.IfItFails,
        Difference = filled is Acknowledge ? difference : null,
    };

    /// <summary>Whether it will be done, as far as that can be told before anything is; null when what earlier steps say decides, or its condition cannot be judged.</summary>
    public bool? Foretold(IConditions conditions)
    {
        if (Runs is StepRuns.OnFailure) return false;
        if (When is not { } condition) return true;
        if (Template.NamesIn(condition).Any(StepOutputs.IsOutput)) return null;

        return conditions.Judge(condition, WhenValues ?? new Dictionary<string, string>()) is { Error: null, Value: var holds } ? holds : null;
    }

    /// <summary>Why it did not succeed, in a sentence; null while nothing is wrong.</summary>
    public string? Trouble() => LastAttempt switch
    {
        { WasLost: true } => "The worker was lost while this ran: nobody knows whether it happened.",
        { Outcome: StepOutcome.Failed failed } => failed.Reason,
        { Outcome: StepOutcome.TimedOut late } => late.Reason,
        { Outcome: StepOutcome.Inconclusive unclear } => unclear.Reason,
        _ => null,
    };

    /// <summary>Before confirming, this reader answers the questions; whoever knows the version before is asked about nothing but the difference.</summary>
    public bool AsksQuizOf(Reader reader) => HasQuizFor(reader) && reader.Quiz is not { IsPassed: true };

    internal bool HasQuizFor(Reader reader) => Settings is Acknowledge { Quiz.Count: > 0 } && reader.Earlier is null;

    /// <summary>Nothing has to pass before a worker may take it.</summary>
    internal bool IsDue(DateTimeOffset at) => DueAt is null || DueAt <= at;

    /// <summary>They are members of one group.</summary>
    internal bool IsBeside(StepRun other) => Group is not null && Group == other.Group;

    internal void EndAttempt(Func<Attempt, Attempt> end) => Attempts = [.. Attempts.SkipLast(1), end(Attempts[^1])];
}
