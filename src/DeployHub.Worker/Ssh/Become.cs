namespace DeployHub.Worker.Ssh;

/// <summary>Whom a command becomes by sudo.</summary>
/// <param name="Password">What sudo asks for, given by standard input only; null where it must not ask.</param>
internal sealed record Become(string User, string? Password = null)
{
    public const string Root = "root";
}
