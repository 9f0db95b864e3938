const script = "console.log('customised');";

db.rocketchat_settings.findAndModify({
    query: {_id: "Custom_Script_Logged_In"},
    sort: {createdAt: 1},
    update: {$set: {"value": script}}
});
