using System.CommandLine;

namespace DeployHub.Cli.Models;

/// <summary>Who decided that what a plan removes is retired, as options of a command. The server says what is missing.</summary>
internal sealed class RemovalOptions
{
    private readonly Option<string?> _decidedBy = new("--removal-decided-by") { HelpName = "who", Description = "The person or board that decided to retire what is removed." };

    private readonly Option<string?> _decidedOn = new("--removal-decided-on") { HelpName = "yyyy-mm-dd", Description = "The day of that decision." };

    private readonly Option<string?> _reference = new("--removal-reference") { HelpName = "text", Description = "Where the decision can be read, such as CAB-2026-114 or an address." };

    private readonly Option<string?> _dependants = new("--dependants-accepted") { HelpName = "reason", Description = "Why what needs it may stay without it." };

    public void AddTo(Command command)
    {
        command.Options.Add(_decidedBy);
        command.Options.Add(_decidedOn);
        command.Options.Add(_reference);
        command.Options.Add(_dependants);
    }

    /// <summary>Null where nothing is said of it.</summary>
    public Removal? Of(ParseResult parsed)
    {
        var said = new Removal(parsed.GetValue(_decidedBy) ?? "", parsed.GetValue(_decidedOn), parsed.GetValue(_reference) ?? "", parsed.GetValue(_dependants));
        return said == new Removal("", null, "", null) ? null : said;
    }
}

/// <summary>As the server takes it.</summary>
internal sealed record Removal(string DecidedBy, string? DecidedOn, string Reference, string? DependantsAccepted);
