namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>A service passes freezes so often that its slots had better lie earlier (domain J1).</summary>
/// <param name="Service">Key of the service.</param>
/// <param name="Times">How many exceptions with this one.</param>
public sealed record ExceptionHabit(string Service, int Times)
{
    /// <summary>The exceptions of so many days count.</summary>
    public const int Days = 90;

    /// <summary>From so many on it is a habit.</summary>
    public const int From = 3;

    public string Sentence => $"The {Ordinal} exception from a freeze in {Days} days for {Service}: plan its slots earlier, before freezes begin.";

    private string Ordinal => (Times % 100, Times % 10) switch
    {
        ( >= 11 and <= 13, _) => $"{Times}th",
        (_, 1) => $"{Times}st",
        (_, 2) => $"{Times}nd",
        (_, 3) => $"{Times}rd",
        _ => $"{Times}th",
    };

    /// <summary>Null while it is none.</summary>
    /// <param name="granted">How many others were granted for the service in the days before.</param>
    public static ExceptionHabit? Of(string service, int granted) => granted + 1 >= From ? new ExceptionHabit(service, granted + 1) : null;
}
