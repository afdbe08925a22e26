namespace Resolver.Archives.Scanning;

/// <summary>The steps of reading one file or tree, in order.</summary>
internal enum ReadingStep
{
    /// <summary>Before the file is compared with what is kept of it.</summary>
    Identity,

    /// <summary>Before the file is opened.</summary>
    Open,

    /// <summary>For each entry of its container.</summary>
    Entry,

    /// <summary>Once its contents are listed and before any is looked at.</summary>
    Contents,

    /// <summary>Before its own project is read.</summary>
    Project,

    /// <summary>Before a project in one of its folders is read.</summary>
    Folder,

    /// <summary>Before what was read is put into the form in which it is kept.</summary>
    Keep,
}
