using DeployHub.Domain;
using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Models.Sources;
using DeployHub.Web.Pages.Shared.TagHelpers;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Models.Sources;

/// <summary>What people type about a model source.</summary>
public sealed class SourceForm
{
    public string? Key { get; set; }

    public SettingsForm Settings { get; set; } = new();

    public uint? Seen { get; set; }

    public static IEnumerable<SelectListItem> Uses =>
    [
        new("Become drafts, which people rehearse, approve and publish", $"{SourceUse.Drafts}"),
        new("Are published at once: whoever may write the branch publishes", $"{SourceUse.Publishes}"),
    ];

    public RegisterModelSource ToRegister() => new(Key ?? "", Settings.ToSettings());

    public ConfigureModelSource ToConfigure(string key) => new(key, Settings.ToSettings(), Seen);

    public static SourceForm Of(ShowModelSource.View source) => new() { Key = source.Key, Settings = SettingsForm.Of(source.Settings), Seen = source.RowVersion };

    /// <summary>Which of the six shapes (UI-2) a standing is.</summary>
    internal static MarkState Mark(SourceStanding standing) => standing switch
    {
        SourceStanding.Looking => MarkState.Running,
        SourceStanding.Synchronised => MarkState.Passed,
        SourceStanding.Failed or SourceStanding.Held => MarkState.Halted,
        SourceStanding.Paused => MarkState.Cancelled,
        _ => MarkState.Waiting,
    };

    internal static string Word(SourceStanding standing) => standing switch
    {
        SourceStanding.New => "Not looked at yet",
        SourceStanding.Held => "Waits for a decision",
        _ => Words.Title(standing),
    };

    internal static MarkState Mark(DocumentOutcome outcome) => outcome switch
    {
        DocumentOutcome.Refused or DocumentOutcome.Conflict => MarkState.Halted,
        DocumentOutcome.Waits => MarkState.Waiting,
        DocumentOutcome.Gone or DocumentOutcome.KeptOurs => MarkState.Cancelled,
        _ => MarkState.Passed,
    };

    internal static string Word(DocumentOutcome outcome) => outcome switch
    {
        DocumentOutcome.Refused => "Has errors",
        DocumentOutcome.Conflict => "To choose",
        DocumentOutcome.Written => "Draft written",
        DocumentOutcome.KeptOurs => "Kept ours",
        DocumentOutcome.Gone => "Not in Git",
        _ => Words.Title(outcome),
    };

    internal static MarkState Mark(SyncOutcome outcome) => outcome switch
    {
        SyncOutcome.Failed or SyncOutcome.Held => MarkState.Halted,
        _ => MarkState.Passed,
    };
}
