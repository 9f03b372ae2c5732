namespace DeployHub.Domain.Comments;

/// <summary>What people talk about.</summary>
public enum CommentSubject
{
    /// <summary>By its number.</summary>
    Deployment,

    /// <summary>By its run's name and its own number within that, such as <c>DEP-2026-000123/R1/H2</c>.</summary>
    Halt,

    /// <summary>By its number.</summary>
    Review,
}
