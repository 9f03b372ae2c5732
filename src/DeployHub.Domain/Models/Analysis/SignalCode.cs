namespace DeployHub.Domain.Models.Analysis;

/// <summary>The patterns that are looked for in a model's records (domain §2.7).</summary>
public enum SignalCode
{
    /// <summary>The same step halts runs by the same cause.</summary>
    S1,

    /// <summary>Many plans change a default in the same way.</summary>
    S2,

    /// <summary>Many plans deviate from the model.</summary>
    S3,

    /// <summary>An approval is waited for and never refused.</summary>
    S4,

    /// <summary>Something is found after Execute that could have been found before.</summary>
    S5,

    /// <summary>Runs take longer than was meant.</summary>
    S6,

    /// <summary>The same check is waived again and again.</summary>
    S7,

    /// <summary>Too few deployments succeed, or too many fail on live targets.</summary>
    S8,

    /// <summary>Work by hand takes much of the time.</summary>
    S9,

    /// <summary>Nobody has seen the way back for long.</summary>
    S10,

    /// <summary>Nobody plans with it.</summary>
    S11,

    /// <summary>Whoever waits for deployments is not content.</summary>
    S12,
}

/// <summary>What a signal is called, and what it suggests (domain §2.7).</summary>
public static class SignalCodes
{
    public static readonly IReadOnlyList<SignalCode> All = Enum.GetValues<SignalCode>();

    public static string Title(this SignalCode code) => code switch
    {
        SignalCode.S1 => "Repeating halt",
        SignalCode.S2 => "Wrong default",
        SignalCode.S3 => "Frequent deviation",
        SignalCode.S4 => "Idle approval",
        SignalCode.S5 => "Late discovery",
        SignalCode.S6 => "Slow",
        SignalCode.S7 => "Waiver habit",
        SignalCode.S8 => "Poor result",
        SignalCode.S9 => "Manual load",
        SignalCode.S10 => "Rollback unproven",
        SignalCode.S11 => "Unused",
        _ => "Unhappy",
    };

    public static string Suggests(this SignalCode code) => code switch
    {
        SignalCode.S1 => "Fix the step, or look for the cause earlier.",
        SignalCode.S2 => "Change the default.",
        SignalCode.S3 => "Make it a parameter, or make another model for these plans.",
        SignalCode.S4 => "Drop the approval, automate it, or ask for it where the risk is.",
        SignalCode.S5 => "Add the check to a stage before Execute.",
        SignalCode.S6 => "Make steps faster, or let them run at the same time.",
        SignalCode.S7 => "Fix the check, or accept formally what it finds.",
        SignalCode.S8 => "Review what failed.",
        SignalCode.S9 => "Automate what people do most.",
        SignalCode.S10 => "Rehearse the rollback.",
        SignalCode.S11 => "Retire it.",
        _ => "Ask what is missing, then improve it.",
    };
}
