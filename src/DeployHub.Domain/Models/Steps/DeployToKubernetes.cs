namespace DeployHub.Domain.Models.Steps;

public enum KubernetesAction
{
    /// <summary>Applies manifests and waits until their workloads are rolled out.</summary>
    Apply,

    /// <summary>Leads workloads back to the revision they had before this run applied something to them, and waits as well.</summary>
    Undo,
}

/// <summary>
/// Applies manifests to a cluster as the field manager <c>deployhub</c>, from the worker's machine, and waits until Deployments,
/// StatefulSets and DaemonSets are rolled out and Jobs complete. Everything is tried before anything is changed, and a field that somebody
/// else owns is left to them. Done again after a lost worker, it applies the same and changes nothing.
/// </summary>
/// <param name="Manifests">YAML documents; or else <paramref name="File"/>.</param>
/// <param name="File">A YAML file, or a folder of them, inside the artefact.</param>
/// <param name="Artefact">The archive that holds the file; may be left out when the version has only one.</param>
/// <param name="Workloads">For <see cref="KubernetesAction.Undo"/>: such as <c>deployment/shop</c>.</param>
/// <param name="Server">Address of the cluster's API; or else <paramref name="Kubeconfig"/>.</param>
/// <param name="Token">Of a service account, as <c>${secret:name}</c>.</param>
/// <param name="Authority">The certificate (PEM) that signs the server's, where the worker's machine does not know it.</param>
/// <param name="Kubeconfig">As <c>${secret:name}</c>: a whole kubeconfig with server, authority and token or client certificate in it.</param>
/// <param name="Context">The kubeconfig's context; its current one unless told.</param>
/// <param name="Images">What containers whose manifest names this image get instead, by digest, such as <c>shop: registry.example/shop@${version.digest}</c>.</param>
/// <param name="AllowTags">True lets containers have images that do not say their digest.</param>
/// <param name="Force">True takes over fields that others own.</param>
/// <param name="Within">How long the rollout may take.</param>
/// <param name="Action">Apply manifests, or lead workloads back.</param>
/// <param name="Namespace">For what names none itself.</param>
public sealed record DeployToKubernetes(
    KubernetesAction Action = KubernetesAction.Apply, string? Manifests = null, string? File = null, string? Artefact = null, IReadOnlyList<string>? Workloads = null,
    string Namespace = "default", string? Server = null, string? Token = null, string? Authority = null, string? Kubeconfig = null, string? Context = null,
    IReadOnlyDictionary<string, string>? Images = null, bool AllowTags = false, bool Force = false, string Within = "5m") : StepSettings;
