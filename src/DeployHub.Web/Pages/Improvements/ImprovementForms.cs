using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Models.Improving;
using DeployHub.Web.Pages.Shared;

namespace DeployHub.Web.Pages.Improvements;

/// <summary>A proposal, as it was typed. Fields are called as the command calls them, so that refusals find them; so are those of the other forms.</summary>
public sealed class ProposalForm
{
    /// <summary>Slug.</summary>
    public string? Model { get; set; }

    public string? Title { get; set; }

    /// <summary>One a line.</summary>
    public string? Evidence { get; set; }

    public string? Hypothesis { get; set; }

    public ProposeImprovement ToCommand() => new(
        Model ?? "", Title ?? "", (Evidence ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), Hypothesis.OrNull());
}

/// <summary>What it would bring and cost, as it was typed.</summary>
public sealed class AssessmentForm
{
    public Level? Value { get; set; }

    public Level? Effort { get; set; }

    public Level? Risk { get; set; }

    public string? Note { get; set; }

    public string? Hypothesis { get; set; }
}

/// <summary>A decision against it, as it was typed.</summary>
public sealed class DeclineForm
{
    public string? Reason { get; set; }
}

/// <summary>The one that it goes on as.</summary>
public sealed class MergeForm
{
    public string? Into { get; set; }
}

/// <summary>A decision for it, as it was typed.</summary>
public sealed class AcceptanceForm
{
    public string? Owner { get; set; }

    public DateOnly? Due { get; set; }

    public ImprovementMetric? Metric { get; set; }

    public string? Target { get; set; }

    public string? Reason { get; set; }
}

/// <summary>Where it is done, if in no version of its model.</summary>
public sealed class StartForm
{
    public string? TaskLink { get; set; }
}

/// <summary>What came of it, as it was typed.</summary>
public sealed class EvaluationForm
{
    public EffectVerdict? Verdict { get; set; }

    public string? Reason { get; set; }
}
