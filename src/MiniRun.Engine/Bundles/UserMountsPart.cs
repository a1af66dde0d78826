using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Bundles;

/// <summary>The mounts that the user and the image ask for, as entries of config.json's mounts.</summary>
internal static class UserMountsPart
{
    internal static MountSpec ToSpec(UserMount mount, BundleInputs inputs, UserMappings users) => mount switch
    {
        BindMount bind => new MountSpec { Destination = bind.Destination, Type = "bind", Source = bind.Resolved ?? bind.Source, NoLinks = true, Options = OptionsOf(bind, users) },
        TmpfsMount tmpfs => new MountSpec { Destination = tmpfs.Destination, Type = "tmpfs", Source = "tmpfs", Options = tmpfs.Options },
        VolumeMount volume => Volume(volume, inputs, users),
        ImageMount image => Image(image, inputs, users),
        _ => throw new InvalidOperationException($"no such mount: {mount}"),
    };

    // As docker since 25: read-only means the file systems mounted below the source too.
    private static List<string> OptionsOf(BindMount bind, UserMappings users) =>
    [
        bind.Recursive ? "rbind" : "bind", bind.Propagation, Access(bind.ReadOnly, bind.Recursive && !bind.WritableBelow), .. IdMap(bind, users, byItself: false),
    ];

    private static MountSpec Volume(VolumeMount volume, BundleInputs inputs, UserMappings users)
    {
        switch (inputs.Sources.GetValueOrDefault(volume.Destination))
        {
            case MountSource.Folder folder:
                if (volume.Subpath is not null && !inputs.Caller.IsRoot)
                {
                    throw new MiniRunException($"{volume.Origin}: volume-subpath is followed by the launcher inside the volume, which takes root: mount the whole volume");
                }

                // The container's ids are on the disk as they are inside, so that containers of other mappings share the volume. Not so where
                // others can reach the files: a set-user-ID file of the container's root would be one of the host's root.
                bool byItself = folder.IsOwn && IsShifted(inputs, users);
                return new MountSpec
                {
                    Destination = volume.Destination,
                    Type = "bind",
                    Source = folder.Path,
                    NoLinks = !folder.IsOwn,
                    Subpath = volume.Subpath,
                    Options = ["rbind", "rprivate", Access(volume.ReadOnly, below: true), .. IdMap(volume, users, byItself)],
                };
            case MountSource.Memory memory:
                return new MountSpec { Destination = volume.Destination, Type = "tmpfs", Source = "tmpfs", Options = OptionsOf(volume, memory) };
            default:
                throw new InvalidOperationException($"the volume at {volume.Destination} was not looked up");
        }
    }

    private static List<string> OptionsOf(VolumeMount volume, MountSource.Memory memory)
    {
        List<string> options = [.. memory.Options];
        if (volume.ReadOnly)
        {
            options.Add("ro");
        }

        if (!volume.NoCopy)
        {
            options.Add("tmpcopyup");
        }

        return options;
    }

    private static MountSpec Image(ImageMount image, BundleInputs inputs, UserMappings users)
    {
        var layers = inputs.Sources.GetValueOrDefault(image.Destination) as MountSource.Layers ?? throw new InvalidOperationException($"the image at {image.Destination} was not looked up");
        if (layers.Paths.Count > 1 && !inputs.Caller.IsRoot)
        {
            throw new MiniRunException($"{image.Origin}: an image of several layers is mounted by the launcher, which takes root; without root it has to have one (minirun export and import make one of all)");
        }

        return new MountSpec
        {
            Destination = image.Destination,
            Type = "bind",
            Source = layers.Paths[0],
            Layers = layers.Paths.Count > 1 ? layers.Paths : [],
            Options = ["bind", "rprivate", "ro", .. IsShifted(inputs, users) ? ["idmap"] : Array.Empty<string>()],
        };
    }

    /// <summary>Whether root has given the container other ids, which its files on the disk do not have; without root there is nothing to shift.</summary>
    private static bool IsShifted(BundleInputs inputs, UserMappings users) => users.Any && inputs.Caller.IsRoot;

    private static string Access(bool readOnly, bool below) => !readOnly ? "rw" : below ? "rro" : "ro";

    private static string[] IdMap(SourcedMount mount, UserMappings users, bool byItself) => mount.IdMap switch
    {
        null => byItself ? ["idmap"] : [],
        "idmap" or "ridmap" when !users.Any => throw new MiniRunException($"{mount.Origin}: idmap shows files through the container's ids, and it has no user namespace: add --userns=private, or give the maps (idmap=uids=…;gids=…)"),
        var word => [word],
    };
}
