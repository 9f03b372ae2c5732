using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.Web.Pages.Shared;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DeployHub.Web.Pages.Environments.Targets;

public enum ConnectionKind
{
    Local,
    Ssh,
    Manual,
}

/// <summary>What people type about a target. Fields of the kinds that were not chosen are kept, but not sent.</summary>
public sealed class TargetForm
{
    public string? Name { get; set; }

    /// <summary>Its fields bear the names of the connection's own, so that refusals find them.</summary>
    public ConnectionForm Connection { get; set; } = new();

    public string? Labels { get; set; }

    public string? Variables { get; set; }

    public string? Pool { get; set; }

    public uint? Seen { get; set; }

    /// <summary>Null when a line cannot be read; the model state then says which.</summary>
    public RegisterTarget? ToRegister(string environment, ModelStateDictionary state) =>
        Entries(state) is var (labels, variables) ? new RegisterTarget(environment, Name ?? "", Connection.ToConnection(), labels, variables, Pool) : null;

    /// <inheritdoc cref="ToRegister"/>
    public ConfigureTarget? ToConfigure(string environment, string name, ModelStateDictionary state) =>
        Entries(state) is var (labels, variables) ? new ConfigureTarget(environment, name, Connection.ToConnection(), labels, variables, Pool, Seen) : null;

    public static TargetForm Of(ShowTarget.View target) => new()
    {
        Name = target.Name,
        Connection = ConnectionForm.Of(target.Connection),
        Labels = NameValueLines.Format(target.Labels),
        Variables = NameValueLines.Format(target.Variables),
        Pool = target.Pool,
        Seen = target.RowVersion,
    };

    private (IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Variables)? Entries(ModelStateDictionary state)
    {
        var labels = NameValueLines.Parse(Labels, out var inLabels);
        var variables = NameValueLines.Parse(Variables, out var inVariables);
        if (inLabels is not null) state.AddModelError("Input.Labels", inLabels);
        if (inVariables is not null) state.AddModelError("Input.Variables", inVariables);
        return state.IsValid ? (labels!, variables!) : null;
    }

    public sealed class ConnectionForm
    {
        public ConnectionKind Kind { get; set; }

        public string? Directory { get; set; }

        public string? Host { get; set; }

        public int Port { get; set; } = 22;

        public string? User { get; set; }

        public string? HostKey { get; set; }

        public SshSignIn SignIn { get; set; }

        public string? Credential { get; set; }

        public string? Passphrase { get; set; }

        public string? Certificate { get; set; }

        public JumpForm Jump { get; set; } = new();

        public string? Instructions { get; set; }

        public Connection ToConnection() => Kind switch
        {
            ConnectionKind.Local => new LocalConnection(Directory ?? ""),
            ConnectionKind.Ssh => new SshConnection(Host ?? "", Port, User ?? "", HostKey ?? "", Credential ?? "", Directory ?? "")
            {
                SignIn = SignIn,
                Passphrase = Passphrase.OrNull(),
                Certificate = Certificate.OrNull(),
                Jump = Jump.ToHost(),
            },
            _ => new ManualConnection(Instructions ?? ""),
        };

        public static ConnectionForm Of(Connection connection) => connection switch
        {
            LocalConnection local => new() { Kind = ConnectionKind.Local, Directory = local.Directory },
            SshConnection ssh => new()
            {
                Kind = ConnectionKind.Ssh,
                Directory = ssh.Directory,
                Host = ssh.Host,
                Port = ssh.Port,
                User = ssh.User,
                HostKey = ssh.HostKey,
                SignIn = ssh.SignIn,
                Credential = ssh.Credential,
                Passphrase = ssh.Passphrase,
                Certificate = ssh.Certificate,
                Jump = JumpForm.Of(ssh.Jump),
            },
            ManualConnection manual => new() { Kind = ConnectionKind.Manual, Instructions = manual.Instructions },
            _ => new(),
        };
    }

    /// <summary>Left empty, there is none.</summary>
    public sealed class JumpForm
    {
        public string? Host { get; set; }

        public int Port { get; set; } = 22;

        public string? User { get; set; }

        public string? HostKey { get; set; }

        public SshSignIn SignIn { get; set; }

        public string? Credential { get; set; }

        public string? Passphrase { get; set; }

        public string? Certificate { get; set; }

        public bool IsEmpty => new[] { Host, User, HostKey, Credential, Passphrase, Certificate }.All(string.IsNullOrWhiteSpace);

        public SshJumpHost? ToHost() => IsEmpty ? null : new SshJumpHost(Host ?? "", Port, User ?? "", HostKey ?? "", Credential ?? "")
        {
            SignIn = SignIn,
            Passphrase = Passphrase.OrNull(),
            Certificate = Certificate.OrNull(),
        };

        public static JumpForm Of(SshJumpHost? jump) => jump is null ? new() : new()
        {
            Host = jump.Host,
            Port = jump.Port,
            User = jump.User,
            HostKey = jump.HostKey,
            SignIn = jump.SignIn,
            Credential = jump.Credential,
            Passphrase = jump.Passphrase,
            Certificate = jump.Certificate,
        };
    }
}
