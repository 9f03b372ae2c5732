namespace DeployHub.Cli.Models;

internal static class Addresses
{
    /// <summary><c>DEP-2026-000123/R1</c> is at <c>deployments/DEP-2026-000123/runs/1</c>, for people and programs alike.</summary>
    public static string OfRun(string run) => $"deployments/{run.Replace("/R", "/runs/", StringComparison.Ordinal)}";
}
