namespace DeployHub.Domain.Audit;

/// <summary>What DeployHub looks for by itself (domain §6.6), as far as what it stores says it.</summary>
public enum ControlCheck
{
    /// <summary>CC-5: an emergency names what it was for, and what was let start without approval has it within two working days.</summary>
    EmergencyPath,

    /// <summary>CC-6: at most one of ten live deployments is an emergency.</summary>
    EmergencyShare,

    /// <summary>CC-9: what failed, ended partially or was an emergency is reviewed within five working days.</summary>
    ReviewHeld,

    /// <summary>CC-14: no run is under way inside a freeze without an exception that it used.</summary>
    Freeze,
}

/// <summary>How the checks are called, and what each expects.</summary>
public static class ControlChecks
{
    /// <summary>Such as <c>CC-5</c>: what auditors call it.</summary>
    public static string Id(this ControlCheck check) => check switch
    {
        ControlCheck.EmergencyPath => "CC-5",
        ControlCheck.EmergencyShare => "CC-6",
        ControlCheck.ReviewHeld => "CC-9",
        _ => "CC-14",
    };

    /// <summary>What has to hold, in a sentence.</summary>
    public static string Expects(this ControlCheck check) => check switch
    {
        ControlCheck.EmergencyPath => "An emergency names its incident or security notice, and what was let start without approval is approved within two working days.",
        ControlCheck.EmergencyShare => "At most 10 % of the live deployments of 28 days are emergencies, where there were at least ten.",
        ControlCheck.ReviewHeld => "A live deployment that failed, ended partially or was an emergency is reviewed within five working days.",
        _ => "No run is under way inside a freeze without an exception that it used.",
    };

    /// <summary>Reads what people write, such as <c>CC-5</c>. Refused with <c>control-check.unknown</c>.</summary>
    public static Result<ControlCheck> Read(string text)
    {
        foreach (var check in Enum.GetValues<ControlCheck>())
            if (string.Equals(check.Id(), text.Trim(), StringComparison.OrdinalIgnoreCase)) return check;

        return Error.Invalid("control-check.unknown", "Check", $"There is no control check “{Words.Beginning(text, 40)}” here. Say one of {Words.List(Enum.GetValues<ControlCheck>().Select(Id))}.");
    }
}
