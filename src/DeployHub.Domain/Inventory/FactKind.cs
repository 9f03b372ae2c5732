namespace DeployHub.Domain.Inventory;

/// <summary>What on a target is looked at for drift (domain §1.3, B3).</summary>
public enum FactKind
{
    /// <summary>The SHA-256 of a file.</summary>
    File,

    /// <summary>The version of a package, as the host's dpkg or rpm says.</summary>
    Package,

    /// <summary>The state of a systemd unit.</summary>
    Service,

    /// <summary>Whether something listens on a TCP port.</summary>
    Port,

    /// <summary>Which certificate a file holds, and until when it is valid.</summary>
    Certificate,

    /// <summary>The value of one key in a configuration file.</summary>
    Setting,

    /// <summary>The version of a component, as a link or a file on the target names it.</summary>
    Component,

    /// <summary>A resource of a Terraform configuration, looked at by <c>check-terraform</c>.</summary>
    Resource,

    /// <summary>A task of an Ansible playbook, looked at by <c>check-ansible</c>.</summary>
    Task,
}
