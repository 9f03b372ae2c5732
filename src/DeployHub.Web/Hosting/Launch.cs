namespace DeployHub.Web.Hosting;

/// <summary>What the command line asks of this process.</summary>
internal sealed record Launch
{
    private static readonly string[] Switches = ["--migrate", "--demo", "--no-demo", "--help"];
    private static readonly string[] WithValue = ["--roles", "--urls", "--environment", "--contentRoot", "--applicationName"];
    private static readonly string[] Sections = ["--DeployHub", "--ConnectionStrings", "--Logging"];
    private static readonly string[] KnownRoles = ["web", "worker", "all"];

    private readonly IReadOnlyList<string> _switches;
    private readonly string _roles;

    private Launch(IReadOnlyList<string> switches, string[] arguments, string roles) => (_switches, Arguments, _roles) = (switches, arguments, roles);

    /// <summary>Everything but the switches: what the framework reads as configuration.</summary>
    public string[] Arguments { get; }

    /// <summary>Said instead of starting; null when nothing keeps us from it.</summary>
    public string? Refusal { get; private init; }

    public bool AsksForHelp => _switches.Contains("--help");

    public bool OnlyMigrates => _switches.Contains("--migrate");

    public bool ServesWeb => !OnlyMigrates && _roles is "web" or "all";

    public bool Works => !OnlyMigrates && _roles is "worker" or "all";

    /// <summary>Whether to fill an empty database with the demo; null leaves it to what is usual.</summary>
    public bool? Demo => _switches.Contains("--demo") ? true : _switches.Contains("--no-demo") ? false : null;

    public static Launch From(string[] args)
    {
        var arguments = args.Where(argument => !Switches.Contains(argument)).ToArray();
        var roles = ValueOf("--roles", arguments)?.ToLowerInvariant() ?? "all";
        return new([.. args.Where(Switches.Contains)], arguments, roles) { Refusal = RefusalOf(arguments, roles) };
    }

    private static string? RefusalOf(string[] arguments, string roles)
    {
        var unknown = arguments.FirstOrDefault(argument => argument.StartsWith("--", StringComparison.Ordinal) && !IsKnown(argument.Split('=')[0]));
        if (unknown is not null) return $"There is no option {unknown.Split('=')[0]}. --help lists what there is.";
        return KnownRoles.Contains(roles) ? null : $"There is no role “{roles}”: write --roles web, --roles worker or --roles all.";
    }

    // A name with a colon is a setting, such as --DeployHub:DataDirectory. A host that tests start names its sections too, as --DeployHub= and the like.
    private static bool IsKnown(string option) => option.Contains(':', StringComparison.Ordinal) || Sections.Contains(option, StringComparer.Ordinal) || WithValue.Contains(option, StringComparer.OrdinalIgnoreCase);

    private static string? ValueOf(string option, string[] arguments)
    {
        var at = Array.FindIndex(arguments, argument => argument == option || argument.StartsWith(option + "=", StringComparison.Ordinal));
        if (at < 0) return null;
        return arguments[at] == option ? arguments.ElementAtOrDefault(at + 1) ?? "" : arguments[at][(option.Length + 1)..];
    }
}
