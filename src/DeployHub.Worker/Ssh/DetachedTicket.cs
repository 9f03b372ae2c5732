using System.Globalization;

namespace DeployHub.Worker.Ssh;

/// <summary>How far a visit came with a command that goes on alone; stored between visits.</summary>
internal abstract record DetachedTicket
{
    private DetachedTicket() { }

    /// <summary>Nothing was sent to the host yet.</summary>
    public sealed record Reserved : DetachedTicket
    {
        public override string ToString() => "reserved";
    }

    /// <summary>The host was told to begin, but nobody knows whether it heard; telling it again begins nothing twice.</summary>
    public sealed record Told : DetachedTicket
    {
        public override string ToString() => "told";
    }

    /// <summary>It has begun, and so many bytes of its output are in the log.</summary>
    public sealed record Begun(long Output, long Errors) : DetachedTicket
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"begun {Output} {Errors}");
    }

    public static DetachedTicket Of(string text) => text.Split(' ') switch
    {
        ["reserved"] => new Reserved(),
        ["told"] => new Told(),
        ["begun", var output, var errors] => new Begun(long.Parse(output, CultureInfo.InvariantCulture), long.Parse(errors, CultureInfo.InvariantCulture)),
        _ => throw new FormatException($"“{text}” is no ticket of an ssh step."),
    };
}
