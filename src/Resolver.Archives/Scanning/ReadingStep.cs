namespace Resolver.Archives.Scanning;

/// <summary>The steps of reading one file or tree, in order.</summary>
internal enum ReadingStep
{
    /// <summary>Before the file is opened.</summary>
    Open,

    /// <summary>Once its contents are listed and before any is looked at.</summary>
    Contents,

    /// <summary>Before its own project is read.</summary>
    Project,

    /// <summary>Before a project in one of its folders is read.</summary>
    Folder,
}
