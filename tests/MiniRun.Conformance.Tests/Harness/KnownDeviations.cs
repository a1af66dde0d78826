using static MiniRun.Conformance.Tests.Harness.KnownDeviation;
using static MiniRun.Conformance.Tests.Harness.OciRuntime;

namespace MiniRun.Conformance.Tests.Harness;

/// <summary>Every deviation that has been seen: of minirun-oci, each with its reason in README.md, and of runc 1.1.5 and crun 1.8.1 as Debian 12 has them.</summary>
public static class KnownDeviations
{
    private const string NotKnown = "does not know it";
    private const string NoCgroup = "makes no cgroup here: it raises RLIMIT_MEMLOCK first, which takes CAP_SYS_RESOURCE";

    public static IReadOnlyList<KnownDeviation> All { get; } =
    [
        new(Minirun, "Delete_of_a_container_that_is_not_stopped_is_an_error", "deletes it", "the container is deleted", "created"),
        new(Minirun, "Delete_leaves_a_cgroup_that_was_there_before", "deletes it", "the cgroup is deleted"),
        new(Minirun, "A_type_that_is_not_listed_is_the_runtimes_own", "requires one", "a mount namespace is required", "mount"),

        .. OfRunc(),
        .. OfCrun(),
    ];

    public static KnownDeviation? Find(string runtime, string test, string value) =>
        All.FirstOrDefault(entry => entry.Runtime == runtime && entry.Test == test && (entry.Values.Length == 0 || entry.Values.Contains(value)));

    private static KnownDeviation[] OfRunc() =>
    [
        new(Runc, "Delete_of_a_container_that_is_not_stopped_is_an_error", "deletes it", "the container is deleted", "created"),
        new(Runc, "Delete_leaves_a_cgroup_that_was_there_before", "deletes it", "the cgroup is deleted"),
        new(Runc, "A_startContainer_hook_that_fails_undoes_the_container", "start succeeds", "Actual:       0"),
        new(Runc, "A_poststart_hook_that_fails_undoes_the_container", "runs it during create", "runc create failed"),
        new(Runc, "A_poststop_hook_that_fails_is_a_warning_and_the_next_runs", "runs no further hook", "Expected: \"second\""),
        new(Runc, "Hooks_are_called_in_order", "runs poststart hooks during create", "\"poststart 2\", \"startContainer 1\""),
        new(Runc, "A_poststart_hook_runs_once_the_program_is_executed_and_before_start_returns", "runs it during create", "Word = poststart"),
        new(Runc, "A_relative_path_of_a_hook_is_an_error", "finds out when it runs the hook, if at all", Created, "createContainer", "startContainer", "poststop"),
        new(Runc, "A_timeout_of_zero_is_an_error", "finds out when it runs the hook, if at all", Created, "startContainer", "poststop"),
        new(Runc, "An_ociVersion_that_is_no_version_is_an_error", "takes any string", Created, "\"banana\"", "\"1\"", "\"01.0.2\""),
        new(Runc, "Annotations_that_are_no_map_of_names_to_strings_are_an_error", "takes an empty key", Created, "{\"\": \"b\"}"),
        new(Runc, "An_rlimit_that_is_given_twice_is_an_error", "the last one counts", Created),
        new(Runc, "An_option_does_what_mount_8_says", "hands it to the file system, which refuses it", "defaults", "defaults: rw"),
        new(Runc, "An_idmapped_mount_has_its_own_mappings", NotKnown, "Actual:   \"0 0\""),
        new(Runc, "An_idmapped_mount_without_any_mappings_is_an_error", NotKnown, Created),
        new(Runc, "Mappings_of_one_kind_alone_are_an_error", NotKnown, Created),
        new(Runc, "An_invalid_value_is_an_error", NotKnown, Created,
            "process.scheduler.policy", "process.scheduler.flags", "process.ioPriority.class", "process.ioPriority.priority above 7", "linux.personality.domain",
            "linux.memoryPolicy.mode", "linux.memoryPolicy.flags", "linux.timeOffsets of another clock", "linux.timeOffsets without a time namespace"),
        new(Runc, "An_invalid_value_is_an_error", "accepts it", Created, "ociVersion of a later major version", "linux.resources.devices[].access"),
        new(Runc, "A_required_property_of_config_md_that_is_missing_is_an_error", NotKnown, Created, "process.scheduler.policy", "process.ioPriority.class", "process.ioPriority.priority"),
        new(Runc, "A_required_property_of_config_md_that_is_missing_is_an_error", "takes it for 0 or \"\"", Created, "ociVersion", "process.consoleSize.height", "process.consoleSize.width"),
        new(Runc, "A_required_property_of_config_linux_md_that_is_missing_is_an_error", NotKnown, Created, "memoryPolicy.mode", "personality.domain"),
        new(Runc, "A_required_property_of_config_linux_md_that_is_missing_is_an_error", "takes it for 0, false, \"\" or []", Created,
            "uidMappings.0.containerID", "uidMappings.0.hostID", "devices.0.path", "devices.0.major", "devices.0.minor", "resources.devices.0.allow",
            "seccomp.syscalls.0.names", "seccomp.syscalls.0.args.0.index", "seccomp.syscalls.0.args.0.value"),
        new(Runc, "A_property_is_applied", NotKnown, "Assert.Equal", "domainname", "linux.personality", "process.scheduler", "process.ioPriority"),
        new(Runc, "A_property_is_applied", NotKnown, "exit status 1", "linux.memoryPolicy"),
        new(Runc, "A_property_is_applied", "has no time namespaces", "\\\"time\\\"", "linux.timeOffsets"),
        new(Runc, "A_property_is_applied", "the root stays private", "Expected: \"shared:N\"", "linux.rootfsPropagation shared"),
        new(Runc, "A_property_is_applied", "does not start", "exit status 1", "linux.rootfsPropagation unbindable"),
        new(Runc, "The_process_is_in_the_namespace_of_the_path", "has no time namespaces", "\\\"time\\\"", "time"),
        new(Runc, "The_process_is_in_the_namespace_of_the_path", "requires uidMappings", "no uid mappings", "user"),
        new(Runc, "Without_a_path_the_namespace_is_new", "has no time namespaces", "\\\"time\\\"", "time"),
        new(Runc, "A_file_in_the_place_of_a_device_is_an_error", "leaves the file", Created),
        new(Runc, "A_relative_path_is_an_error", "accepts it", Created),
        new(Runc, "A_limit_of_v1_alone_is_an_error", "ignores it", Created),
        new(Runc, "ErrnoRet_of_an_action_without_one_is_an_error", "ignores it", Created),
        new(Runc, "DefaultErrnoRet_of_an_action_without_one_is_an_error", "ignores it", Created),
        new(Runc, "A_rule_without_names_is_an_error", "ignores the rule", Created),
        new(Runc, "ListenerMetadata_without_listenerPath_is_an_error", "ignores it", Created),
        .. NetDevices(Runc),
    ];

    private static KnownDeviation[] OfCrun() =>
    [
        new(Crun, "A_paused_container_has_a_status_of_its_own", NoCgroup, "without a cgroup"),
        new(Crun, "Delete_of_a_container_that_is_not_stopped_is_an_error", "deletes it", "the container is deleted", "created"),
        new(Crun, "A_hook_that_fails_during_create_undoes_the_container_and_poststop_runs", "runs no poststop hook", "Expected: \"poststop\""),
        new(Crun, "A_startContainer_hook_that_fails_undoes_the_container", "start succeeds", "Actual:       0"),
        new(Crun, "A_poststart_hook_that_fails_undoes_the_container", "start succeeds", "Actual:       0"),
        new(Crun, "A_poststop_hook_that_fails_is_a_warning_and_the_next_runs", "logs no warning", "Expected: Not \"\""),
        new(Crun, "Hooks_are_called_in_order", "does not wait for startContainer hooks before it runs poststart hooks", "Collections differ"),
        new(Crun, "A_hook_gets_the_state_over_stdin", "pid is 0", "Expected: 1", "createContainer"),
        new(Crun, "A_hook_gets_the_state_over_stdin", "bundle is \"/\"", "Actual:   \"/\"", "startContainer"),
        new(Crun, "A_relative_path_of_a_hook_is_an_error", "finds out when it runs the hook, if at all", Created, "startContainer", "poststart", "poststop"),
        new(Crun, "A_timeout_of_zero_is_an_error", "takes it for no limit", Created),
        new(Crun, "An_ociVersion_that_is_no_version_is_an_error", "accepts it", Created, "\"01.0.2\""),
        new(Crun, "Annotations_that_are_no_map_of_names_to_strings_are_an_error", "ignores what is no map, and takes an empty key", Created, "[\"a\"]", "{\"\": \"b\"}", "\"a\""),
        new(Crun, "A_relative_cwd_is_an_error", "accepts it", Created, "relative", "./relative"),
        new(Crun, "An_rlimit_that_is_given_twice_is_an_error", "the last one counts", Created),
        new(Crun, "An_unknown_capability_is_a_warning", "logs no warning", "Not found: \"CAP_BANANA\""),
        new(Crun, "An_option_does_what_mount_8_says", "hands it to the file system, which refuses it", "Invalid argument", "silent:", "silent,loud:", "iversion:", "noiversion:"),
        new(Crun, "An_option_does_what_mount_8_says", "does not take the earlier option back", "is seen as",
            "sync,async: -sync", "noatime,atime: -noatime", "nodev,dev: -nodev", "nodiratime,diratime: -nodiratime", "noexec,exec: -noexec",
            "strictatime,nostrictatime: relatime", "ro,rw: rw -ro", "nosuid,suid: -nosuid"),
        new(Crun, "A_propagation_is_that_of_the_option", "makes it private with rbind", "is seen as", "shared", "rshared", "slave", "rslave", "unbindable", "runbindable"),
        new(Crun, "An_idmapped_mount_without_any_mappings_is_an_error", "mounts it as it is", Created, "ridmap"),
        new(Crun, "An_invalid_value_is_an_error", NotKnown, Created,
            "process.scheduler.policy", "process.scheduler.flags", "process.ioPriority.class", "process.ioPriority.priority above 7",
            "linux.memoryPolicy.mode", "linux.memoryPolicy.flags", "linux.seccomp.flags"),
        new(Crun, "An_invalid_value_is_an_error", "ignores it", Created,
            "root.readonly that is no bool", "process.terminal that is no bool", "process.env that holds a number", "linux.rootfsPropagation", "linux.devices[].type",
            "linux.timeOffsets of another clock", "linux.timeOffsets without a time namespace"),
        new(Crun, "An_invalid_value_is_an_error", NoCgroup, Created, "linux.resources.devices[].type", "linux.resources.devices[].access"),
        new(Crun, "A_required_property_of_config_md_that_is_missing_is_an_error", NotKnown, Created, "process.scheduler.policy", "process.ioPriority.class", "process.ioPriority.priority"),
        new(Crun, "A_required_property_of_config_md_that_is_missing_is_an_error", "finds out at start", Created, "process.args"),
        new(Crun, "A_required_property_of_config_md_that_is_missing_is_an_error", "takes it for 0", Created, "process.consoleSize.height", "process.consoleSize.width"),
        new(Crun, "A_required_property_of_config_linux_md_that_is_missing_is_an_error", NotKnown, Created, "memoryPolicy.mode"),
        new(Crun, "A_required_property_of_config_linux_md_that_is_missing_is_an_error", NoCgroup, Created, "resources.devices.0.allow"),
        new(Crun, "A_required_property_of_config_linux_md_that_is_missing_is_an_error", "takes it for 0", Created,
            "uidMappings.0.containerID", "uidMappings.0.hostID", "devices.0.major", "devices.0.minor", "seccomp.syscalls.0.args.0.index", "seccomp.syscalls.0.args.0.value"),
        new(Crun, "A_property_is_applied", NotKnown, "Assert.Equal", "process.scheduler", "process.ioPriority"),
        new(Crun, "A_property_is_applied", NotKnown, "exit status 1", "linux.memoryPolicy"),
        new(Crun, "A_property_is_applied", "cannot make a time namespace on this kernel", "exit status ", "linux.timeOffsets"),
        new(Crun, "A_property_is_applied", "the root becomes private", "Expected: \"master:N\"", "linux.rootfsPropagation slave"),
        new(Crun, "The_process_is_in_the_namespace_of_the_path", "cannot make a time namespace on this kernel", "exit status ", "time"),
        new(Crun, "The_process_is_in_the_namespace_of_the_path", "may not make mounts there", "Permission denied", "user"),
        new(Crun, "Without_a_path_the_namespace_is_new", "cannot make a time namespace on this kernel", "exit status ", "time"),
        new(Crun, "A_type_that_is_listed_twice_is_an_error", "accepts it", Created),
        new(Crun, "A_file_in_the_place_of_a_device_is_an_error", "leaves the file", Created),
        new(Crun, "A_relative_path_is_an_error", "accepts it", Created),
        new(Crun, "Device_rules_apply_in_order", NoCgroup, "Expected: \"closed\"", "allow, deny", "deny, allow reading"),
        new(Crun, "An_absolute_path_is_the_same_place_each_time", NoCgroup, "0::/"),
        new(Crun, "A_relative_path_is_the_same_place_each_time", NoCgroup, "0::/"),
        new(Crun, "A_path_that_climbs_is_an_error_or_stays_below_the_mount", NoCgroup, "0::/"),
        new(Crun, "A_frozen_cgroup_is_an_error", NoCgroup, Created),
        new(Crun, "Unified_writes_files_of_any_name", NoCgroup, "/sys/fs/cgroup/unified"),
        new(Crun, "Unified_of_a_missing_controller_is_an_error", NoCgroup, Created),
        new(Crun, "A_limit_whose_controller_is_missing_is_an_error", NoCgroup, Created),
        new(Crun, "A_limit_of_v1_alone_is_an_error", NoCgroup, Created),
        new(Crun, "IntelRdt_without_a_resctrl_mount_is_an_error", NotKnown, Created),
        new(Crun, "A_rule_without_names_is_an_error", "ignores the rule", Created),
        new(Crun, "ListenerMetadata_without_listenerPath_is_an_error", "ignores it", Created),
        new(Crun, "ListenerPath_without_notify_is_ignored", "connects anyway", "/no/such/socket"),
        .. NetDevices(Crun),
    ];

    private static KnownDeviation[] NetDevices(string runtime) =>
    [
        new(runtime, "The_device_moves_in", NotKnown, "eth0"),
        new(runtime, "A_device_that_cannot_move_is_an_error", NotKnown, "ran"),
        new(runtime, "The_kernel_numbers_a_name_that_asks_for_it", NotKnown, "lan0"),
        new(runtime, "The_device_keeps_its_mtu_and_its_addresses", NotKnown, "1420"),
        new(runtime, "The_device_is_up", NotKnown, "0x1003"),
        new(runtime, "The_device_ends_with_its_namespace", NotKnown, "veth0"),
    ];
}
