namespace DeployHub.Domain.Models.Analysis;

/// <summary>Where time went (domain §8.2): something was worked on, something was waited for, or the run stood halted.</summary>
/// <param name="ByHand">The part of <paramref name="Touch"/> in which people had a manual step: from being asked to having answered.</param>
public sealed record TimeSplit(TimeSpan Waiting, TimeSpan Touch, TimeSpan Halt, TimeSpan ByHand)
{
    public static readonly TimeSplit None = new(default, default, default, default);

    public TimeSpan Total => Waiting + Touch + Halt;

    public TimeSplit And(TimeSplit other) => new(Waiting + other.Waiting, Touch + other.Touch, Halt + other.Halt, ByHand + other.ByHand);
}

/// <summary>Where in a deployment time goes, in its order.</summary>
public enum TimePlace
{
    /// <summary>From handing the plan in until it is authorised.</summary>
    Approval,

    /// <summary>From there until a run starts: the slot, or somebody who starts it.</summary>
    Start,

    VerifyComponents,
    VerifyEnvironment,
    Execute,
    VerifyDeployment,
    RollBack,
}

public sealed record PlaceTime(TimePlace Place, TimeSplit Time);
