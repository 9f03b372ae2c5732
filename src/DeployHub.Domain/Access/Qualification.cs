using System.Text.RegularExpressions;

namespace DeployHub.Domain.Access;

public readonly record struct QualificationId(Guid Value) : IId<QualificationId>
{
    public static QualificationId New() => new(Guid.CreateVersion7());

    public static QualificationId From(Guid value) => new(value);
}

/// <summary>A skill that somebody has shown, in one environment or in all (domain §4.1). Ended, never deleted: auditors ask who could what then.</summary>
public sealed partial class Qualification
{
    public const string SkillRule = "A skill is a name of lower-case letters, digits, full stops and hyphens, such as rack-hardware, at most 64 characters.";

    private Qualification() { }

    public QualificationId Id { get; private init; }

    /// <summary>The account that holds it.</summary>
    public string Holder { get; private init; } = "";

    /// <summary>As models name it.</summary>
    public string Skill { get; private init; } = "";

    /// <summary>Key of the only environment in which it counts; null for all.</summary>
    public string? Environment { get; private init; }

    /// <summary>The first day on which it counts, by UTC.</summary>
    public DateOnly Since { get; private init; }

    /// <summary>The last day; null for no end.</summary>
    public DateOnly? Until { get; private init; }

    /// <summary>What shows it: a certificate, a course, work that was watched.</summary>
    public string Evidence { get; private init; } = "";

    public string Reason { get; private init; } = "";

    public Actor GivenBy { get; private init; } = Actor.System;

    public DateTimeOffset GivenAt { get; private init; }

    public Actor? EndedBy { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? EndReason { get; private set; }

    /// <summary>Refused with <c>people.own-qualification</c>, <c>people.qualification-ends-before</c> or <c>people.qualification-over</c>.</summary>
    public static Result<Qualification> Give(string holder, string skill, string? environment, DateOnly since, DateOnly? until, string evidence, string reason, Actor by, DateTimeOffset at)
    {
        if (by.Id == holder) return QualificationErrors.Own;
        if (until < since) return QualificationErrors.EndsBefore;
        if (until < DateOnly.FromDateTime(at.UtcDateTime)) return QualificationErrors.OverAlready;

        return new Qualification
        {
            Id = QualificationId.New(),
            Holder = holder,
            Skill = skill,
            Environment = environment,
            Since = since,
            Until = until,
            Evidence = evidence,
            Reason = reason,
            GivenBy = by,
            GivenAt = at,
        };
    }

    /// <summary>It does not count from now on.</summary>
    public Result End(string reason, Actor by, DateTimeOffset at)
    {
        if (EndedAt is not null) return QualificationErrors.EndedAlready;

        (EndedBy, EndedAt, EndReason) = (by, at, reason);
        return Result.Success;
    }

    /// <summary>Such a skill there, whenever it counts.</summary>
    public bool IsOf(string skill, string environment) => Skill == skill && (Environment is null || Environment == environment);

    /// <param name="at">Days are those of UTC.</param>
    public bool Counts(DateTimeOffset at) => EndedAt is null && DateOnly.FromDateTime(at.UtcDateTime) is var day && Since <= day && (Until is null || day <= Until);

    public static bool IsSkill(string text) => SkillForm().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{0,63}\z")]
    private static partial Regex SkillForm();
}
