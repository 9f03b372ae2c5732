using System.Globalization;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Relations;
using DeployHub.Domain.Models;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Relations;
using DeployHub.Web.Pages.Shared;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>What the planning form holds, exactly as it was typed.</summary>
public sealed class PlanForm
{
    /// <summary>How browsers type a date and a time.</summary>
    public const string TypedAt = "yyyy-MM-ddTHH:mm";

    public string Environment { get; set; } = "";

    public List<string> Versions { get; set; } = [];

    /// <summary>Asked for as soon as something is removed.</summary>
    public RemovalForm Removal { get; set; } = new();

    public string Model { get; set; } = "";

    /// <summary>Of the model; null for the published one. Only a rehearsal names it.</summary>
    public int? ModelVersion { get; set; }

    /// <summary>What is rehearsed; null for a real deployment.</summary>
    public RehearsalCase? Rehearsal { get; set; }

    /// <summary>The step that a rehearsal makes fail; the last that can unless named.</summary>
    public string? FailAt { get; set; }

    public List<string> Targets { get; set; } = [];

    public Dictionary<string, string?> Parameters { get; set; } = [];

    /// <summary>Why the plan leaves the model's bounds, by parameter.</summary>
    public Dictionary<string, string?> Deviations { get; set; } = [];

    /// <summary>E-mail addresses by role slot.</summary>
    public Dictionary<string, List<string?>> People { get; set; } = [];

    public ChangeCategory Category { get; set; }

    public ReasonCode Reason { get; set; }

    public bool DeployAgain { get; set; }

    public string? Incident { get; set; }

    public int? IncidentSeverity { get; set; }

    public string? ChangeReference { get; set; }

    /// <summary>Keys of organisations that have to agree beyond the rules.</summary>
    public List<string> Parties { get; set; } = [];

    public DateTime? SlotStart { get; set; }

    public DateTime? SlotEnd { get; set; }

    /// <summary>The button of a free slot that was offered, its start and its end as they are typed: it is taken instead of what is in the fields.</summary>
    public string? Take { get; set; }

    public StartMode Start { get; set; }

    /// <summary>Numbers of deployments that have to succeed first, separated by commas or spaces.</summary>
    public string? AfterSuccess { get; set; }

    /// <summary>Numbers of those that only have to end first.</summary>
    public string? AfterEnd { get; set; }

    public string? Title { get; set; }

    public string? Description { get; set; }

    /// <summary>The version the form was read at; null for a new plan.</summary>
    public uint? Seen { get; set; }

    public void TakeOffered()
    {
        if (Take?.Split('/') is not [var start, var end] || Read(start) is not { } from || Read(end) is not { } until) return;

        (SlotStart, SlotEnd, Take) = (from, until, null);
    }

    public PlanInput ToInput() => new()
    {
        Environment = Environment ?? "",
        Versions = [.. Versions.Where(version => !string.IsNullOrWhiteSpace(version))],
        Removal = Versions.Exists(RemovalInput.IsReference) ? Removal.ToInput() : null,
        Model = Model ?? "",
        ModelVersion = Rehearsal is null ? null : ModelVersion,
        Rehearsal = Rehearsal is { } rehearsed ? new PlannedRehearsal(rehearsed, FailAt.OrNull()) : null,
        Targets = Targets,
        Parameters = Parameters.Where(parameter => !string.IsNullOrWhiteSpace(parameter.Value)).ToDictionary(parameter => parameter.Key, parameter => parameter.Value!.Trim()),
        Deviations = Deviations.Where(reason => !string.IsNullOrWhiteSpace(reason.Value)).ToDictionary(reason => reason.Key, reason => reason.Value!.Trim()),
        Category = Category,
        Reason = Reason,
        DeployAgain = DeployAgain,
        Incident = Incident.OrNull(),
        IncidentSeverity = IncidentSeverity,
        ChangeReference = ChangeReference.OrNull(),
        Parties = Parties,
        People = People.Count == 0 ? null : People.ToDictionary(slot => slot.Key, slot => (IReadOnlyList<string>)[.. slot.Value.Where(email => !string.IsNullOrWhiteSpace(email)).Select(email => email!.Trim())]),
        SlotStart = Utc(SlotStart),
        SlotEnd = Utc(SlotEnd),
        Start = Start,
        After = [.. Numbers(AfterSuccess, PredecessorEnd.Success), .. Numbers(AfterEnd, PredecessorEnd.AnyEnd)],
    };

    /// <param name="campaign">What puts others before it, which are not the form's to change; null where nothing does.</param>
    public static PlanForm Of(ShowDeployment.View deployment, ShowRelations.CampaignOf? campaign) => new()
    {
        Environment = deployment.Plan.Environment,
        Versions = [.. deployment.Plan.Versions.Select(version => version.Reference)],
        Removal = RemovalForm.Of(RemovalInput.Of(deployment.Plan.Removal)),
        Model = deployment.Plan.Model,
        ModelVersion = deployment.Plan.Rehearsal is null ? null : deployment.Plan.ModelVersion,
        Rehearsal = deployment.Plan.Rehearsal?.Case,
        FailAt = deployment.Plan.Rehearsal?.FailAt,
        Targets = [.. deployment.Plan.Targets.Select(target => target.Name)],
        Parameters = deployment.Plan.Parameters.ToDictionary(parameter => parameter.Key, parameter => (string?)parameter.Value),
        Deviations = (deployment.Plan.Deviations ?? []).ToDictionary(deviation => deviation.Parameter, deviation => (string?)deviation.Reason),
        Category = deployment.Plan.Category,
        Reason = deployment.Plan.Reason,
        DeployAgain = deployment.Plan.DeployAgain,
        Incident = deployment.Plan.Incident,
        IncidentSeverity = deployment.Plan.IncidentSeverity,
        ChangeReference = deployment.Plan.ChangeReference,
        Parties = [.. deployment.Plan.Parties.Where(party => !party.IsByRule).Select(party => party.Key)],
        SlotStart = deployment.Slot?.Start.UtcDateTime,
        SlotEnd = deployment.Slot?.End.UtcDateTime,
        Start = deployment.Plan.Start,
        AfterSuccess = Numbers(deployment.Plan, PredecessorEnd.Success, campaign),
        AfterEnd = Numbers(deployment.Plan, PredecessorEnd.AnyEnd, campaign),
        Title = deployment.Title,
        Description = deployment.Description,
        Seen = deployment.Version,
    };

    /// <summary>To begin with what was planned before.</summary>
    public static PlanForm Of(PlanInput plan) => new()
    {
        Environment = plan.Environment,
        Versions = [.. plan.Versions],
        Removal = RemovalForm.Of(plan.Removal),
        Model = plan.Model,
        Targets = [.. plan.Targets],
        Parameters = plan.Parameters.ToDictionary(parameter => parameter.Key, parameter => (string?)parameter.Value),
        Category = plan.Category,
        Reason = plan.Reason,
        DeployAgain = plan.DeployAgain,
    };

    private static IEnumerable<PredecessorInput> Numbers(string? typed, PredecessorEnd until) =>
        (typed ?? "").Split([',', ' ', ';', '\n', '\r', '\t'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(number => new PredecessorInput(number, until));

    private static string Numbers(Plan plan, PredecessorEnd until, ShowRelations.CampaignOf? campaign) =>
        string.Join(", ", plan.After.Where(predecessor => predecessor.Until == until).Select(predecessor => predecessor.Number).Except(campaign?.PutsBefore ?? []));

    private static DateTime? Read(string typed) =>
        DateTime.TryParseExact(typed, TypedAt, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;

    private static DateTimeOffset? Utc(DateTime? time) => time is { } given ? new DateTimeOffset(DateTime.SpecifyKind(given, DateTimeKind.Utc)) : null;
}
