namespace DeployHub.Cli;

/// <summary>What the process ends with; part of what scripts rely on.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The documents have errors, they differ and that was asked for, a rehearsal did not pass, or a rule stands against it.</summary>
    public const int Refused = 1;

    /// <summary>The command line makes no sense, or names a file that is not there.</summary>
    public const int WrongUsage = 2;

    /// <summary>The server does not answer, or does not let this token do it.</summary>
    public const int NoAccess = 3;

    /// <summary>Somebody pressed Ctrl-C.</summary>
    public const int Interrupted = 130;
}
