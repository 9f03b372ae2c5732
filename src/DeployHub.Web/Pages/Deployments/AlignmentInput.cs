using DeployHub.Domain;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Features.Deployments.Aligning;
using DeployHub.Web.Pages.Shared;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>What people type about the alignment of a deployment, each form a part of it.</summary>
public sealed class AlignmentInput
{
    /// <summary>Number of the request.</summary>
    public int Alignment { get; set; }

    public AlignmentReply? Reply { get; set; }

    public string? AnsweredBy { get; set; }

    public AnswerWay Way { get; set; } = AnswerWay.Phone;

    public string? Words { get; set; }

    /// <summary>One a line.</summary>
    public string? Conditions { get; set; }

    /// <summary>Time of day.</summary>
    public string? NotBefore { get; set; }

    /// <summary>Time of day.</summary>
    public string? NotAfter { get; set; }

    public string? Reason { get; set; }

    public string? Changes { get; set; }

    public string? MustDo { get; set; }

    /// <summary>Key of the organisation whose contact gets a link.</summary>
    public string? Organisation { get; set; }

    public int Contact { get; set; }

    public static IReadOnlyList<string> Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public Error? Unreadable() => TypedTime.Objection(NotBefore, nameof(NotBefore)) ?? TypedTime.Objection(NotAfter, nameof(NotAfter));

    public AnswerAlignment ToOwnAnswer(string number) => new(number, Alignment, Reply, Words.OrNull(), Lines(Conditions), TypedTime.Read(NotBefore), TypedTime.Read(NotAfter));

    public RecordAlignmentAnswer ToAnswer(string number) =>
        new(number, Alignment, Reply, AnsweredBy ?? "", Way, Words.OrNull(), Lines(Conditions), TypedTime.Read(NotBefore), TypedTime.Read(NotAfter));
}

/// <summary>The alignment part of a deployment's pages.</summary>
public sealed record AlignmentPart(string Number, ListAlignments.View View, AlignmentInput Input, bool MayAlign, bool MayOverride, bool MayPlan, bool IsOpen)
{
    /// <summary>Nobody outside is touched, and nobody has to be told so.</summary>
    public bool IsEmpty => View is { Requests.Count: 0, Parties.Count: 0, Informed.Count: 0, Note: null };

    public string Address => $"/deployments/{Number}/alignment";
}
