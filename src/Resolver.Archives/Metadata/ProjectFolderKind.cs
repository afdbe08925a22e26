namespace Resolver.Archives.Metadata;

/// <summary>What the files at the top of a folder say of it.</summary>
internal enum ProjectFolderKind
{
    /// <summary>No project: none of the files is there, or they say that it is none.</summary>
    None,

    /// <summary>Only the settings of tools, which the top of a repository often has beside projects in its
    /// folders.</summary>
    Tools,

    /// <summary>Only <c>[build-system]</c>, which says how to build and not what.</summary>
    BuildSystem,

    /// <summary>A project, or what cannot be read and may be one.</summary>
    Project,
}
